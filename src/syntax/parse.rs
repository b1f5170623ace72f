use super::*;
use crate::diag::Diagnostics;
use crate::source::{Sources, World};
pub fn parse(
    world: &dyn World,
    file: &str,
    shown: &str,
    sources: &mut Sources,
    _diagnostics: &mut Diagnostics,
) -> Document {
    let text = world.read(file).unwrap_or_else(|_| "".into());
    let id = sources.add(shown, text.clone());
    let v: serde_yaml::Value = serde_yaml::from_str(&text).unwrap();
    Document { file: id, root: Some(conv(&v, id)) }
}
fn conv(v: &serde_yaml::Value, id: FileId) -> Node {
    use serde_yaml::Value as V;
    let span = Span::start_of(id);
    let sc = |t: String, s| NodeKind::Scalar(Scalar { text: t, style: s, map: TextMap::default() });
    let kind = match v {
        V::Null => NodeKind::Null,
        V::Bool(b) => sc(b.to_string(), Style::Plain),
        V::Number(n) => sc(n.to_string(), Style::Plain),
        V::String(s) => sc(s.clone(), Style::Quoted),
        V::Sequence(s) => NodeKind::Sequence(s.iter().map(|x| conv(x, id)).collect()),
        V::Mapping(m) => NodeKind::Mapping(
            m.iter()
                .map(|(k, x)| Entry { key: k.as_str().unwrap().into(), key_span: span, value: conv(x, id) })
                .collect(),
        ),
        V::Tagged(_) => NodeKind::Null,
    };
    Node { span, kind }
}
pub(super) fn plain(t: &str) -> Plain {
    match t {
        "true" => Plain::Bool(true),
        "false" => Plain::Bool(false),
        _ => t.parse().map(Plain::Int).unwrap_or(Plain::Text),
    }
}

//! Where a secret comes out. A template is evaluated with two different secrets: whatever is not the same afterwards has a
//! secret in it, however it was changed.

use crate::arm::Expr;
use crate::arm::eval::tree::{Form, Member, Members, Tree};
use crate::arm::eval::value::{Object, Value};
use crate::arm::eval::{Output, Resource, Type};
use crate::diag::Diagnostic;
use crate::diag::rules::{connector, internal};
use crate::source::{Origin, Span};

/// A secret that can be read.
#[derive(Debug)]
pub struct Leak {
    /// Where it comes out, for people.
    place: String,
    origin: Option<Origin>,
}

impl Leak {
    /// The author's mistake where it has a place, else our own.
    pub fn finding(&self, elsewhere: Span) -> Diagnostic {
        match self.origin {
            Some(origin) => {
                let message = format!("a secret cannot stand here: it could be read in {}", self.place);
                Diagnostic::new(&connector::MISPLACED_SECRET, origin.span, message)
                    .help("leave it to the `auth` of a connector, or to a property that is not shown")
            }
            None => {
                let message = format!("a secret can be read in {}; this is a mistake of sentinel-gen", self.place);
                Diagnostic::new(&internal::LEAKED_SECRET, elsewhere, message)
            }
        }
    }
}

/// Members of a connector that hold credentials and are not shown.
const CREDENTIALS: [&str; 4] = ["auth", "headers", "queryParametersTemplate", "awsSecretKey"];

/// Members that the portal shows, or others log.
const SHOWN: [&str; 4] = ["description", "displayName", "title", "tags"];

/// Secrets in what a deployment records of its template: variables, and the defaults of parameters that are not secure.
pub fn in_template(template: &Tree) -> Vec<Leak> {
    let section = |name: &str| template.get(name).and_then(Tree::members).into_iter().flat_map(Members::iter);
    let is_secure = |member: &Member| {
        member.tree.get("type").and_then(Tree::text).and_then(Type::parse).is_some_and(Type::is_secure)
    };
    let secrets: Vec<&str> =
        section("parameters").filter(|member| is_secure(member)).map(|member| &*member.name).collect();
    let mut leaks = Vec::new();
    let mut look = |tree: &Tree, place: String| {
        if mentions(tree, &secrets) {
            leaks.push(Leak { place, origin: tree.origin });
        }
    };
    section("variables").for_each(|member| look(&member.tree, format!("the variable `{}`", member.name)));
    for member in section("parameters").filter(|member| !is_secure(member)) {
        member
            .tree
            .get("defaultValue")
            .into_iter()
            .for_each(|tree| look(tree, format!("the parameter `{}`", member.name)));
    }
    leaks
}

/// Whether an expression in a tree asks for one of some parameters.
fn mentions(tree: &Tree, names: &[&str]) -> bool {
    match &tree.form {
        Form::Expr(expr) => asks(expr, names),
        Form::Array(items) => items.iter().any(|item| mentions(item, names)),
        Form::Object(members) => members.iter().any(|member| mentions(&member.tree, names)),
        _ => false,
    }
}

fn asks(expr: &Expr, names: &[&str]) -> bool {
    match expr {
        Expr::Call(function, arguments) => {
            let named = matches!(arguments.as_slice(), [Expr::Text(name)] if names.iter().any(|n| n.eq_ignore_ascii_case(name)));
            named && function.eq_ignore_ascii_case("parameters")
                || arguments.iter().any(|argument| asks(argument, names))
        }
        Expr::Member(target, _) => asks(target, names),
        Expr::Index(target, index) => asks(target, names) || asks(index, names),
        Expr::Text(_) | Expr::Int(_) => false,
    }
}

/// Outputs stay in the history of deployments.
pub fn in_outputs(one: &[Output], two: &[Output]) -> Vec<Leak> {
    let differs = |(one, two): &(&Output, &Output)| !one.value.same(&two.value);
    let leak = |(one, _): (&Output, &Output)| Leak { place: format!("the output `{}`", one.name), origin: None };
    one.iter().zip(two).filter(differs).map(leak).collect()
}

/// Secrets in resources, anywhere but in the credentials of a connector, or in the properties of a resource that the author
/// wrote out. `source`: the `resources` of the template.
pub fn in_resources(one: &[Resource], two: &[Resource], source: Option<&Tree>) -> Vec<Leak> {
    if one.len() != two.len() {
        return vec![Leak { place: "which resources there are".to_owned(), origin: None }];
    }
    let mut leaks = Vec::new();
    for (one, two) in one.iter().zip(two) {
        let mut walk = Walk { resource: one, leaks: &mut leaks, way: Vec::new() };
        let head = |resource: &Resource| (resource.id.clone(), resource.ty.clone(), resource.name.clone());
        let source = source.and_then(Tree::items).and_then(|items| items.get(one.listed));
        if head(one) != head(two) || !Value::array(one.depends_on.clone()).same(&Value::array(two.depends_on.clone())) {
            walk.leak(source.and_then(|source| source.get("name")).or(source));
        }
        walk.objects(&one.body, &two.body, source);
    }
    leaks
}

struct Walk<'a> {
    resource: &'a Resource,
    leaks: &'a mut Vec<Leak>,
    /// The members on the way to the value.
    way: Vec<String>,
}

impl Walk<'_> {
    fn objects(&mut self, one: &Object, two: &Object, source: Option<&Tree>) {
        for ((name, one), (other, two)) in one.iter().zip(two.iter()) {
            self.way.push(name.to_string());
            if name != other {
                self.leak(source);
            }
            self.values(one, two, source.and_then(|source| source.get(name)).or(source));
            self.way.pop();
        }
        if one.len() != two.len() {
            self.leak(source);
        }
    }

    fn values(&mut self, one: &Value, two: &Value, source: Option<&Tree>) {
        match (one, two) {
            (Value::Object(one), Value::Object(two)) => self.objects(one, two, source),
            (Value::Array(one), Value::Array(two)) if one.len() == two.len() => {
                let items = source.and_then(Tree::items);
                for (at, (one, two)) in one.iter().zip(two.iter()).enumerate() {
                    self.values(one, two, items.and_then(|items| items.get(at)).or(source));
                }
            }
            (one, two) if one.same(two) => {}
            (Value::Text(text), _) if !is_url(text) && self.may_be_secret() => {}
            (value, _) if !matches!(value, Value::Text(_)) && self.may_be_secret() => {}
            _ => self.leak(source),
        }
    }

    fn may_be_secret(&self) -> bool {
        let has = |names: &[&str]| self.way.iter().any(|member| names.contains(&member.as_str()));
        let last = self.resource.ty.rsplit('/').next().unwrap_or_default();
        let is_ours = ["dataConnectors", "dataConnectorDefinitions", "dataCollectionRules", "tables", "alertRules"];
        if is_ours.iter().any(|ours| ours.eq_ignore_ascii_case(last)) {
            return last.eq_ignore_ascii_case("dataConnectors") && has(&CREDENTIALS);
        }
        self.way.first().is_some_and(|first| first == "properties") && !has(&SHOWN)
    }

    fn leak(&mut self, source: Option<&Tree>) {
        let way = self.way.join(".");
        let place = if way.is_empty() { "the id".to_owned() } else { format!("`{way}`") };
        self.leaks.push(Leak {
            place: format!("{place} of the resource {}", self.resource.ty),
            origin: source.and_then(|source| source.origin),
        });
    }
}

fn is_url(text: &str) -> bool {
    text.contains("://")
}

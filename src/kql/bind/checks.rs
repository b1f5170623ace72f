//! Checks that operators share: types, columns, literals, settings.

use super::{Binder, Info, Value};
use crate::kql::finding::{Finding, Kind, Range, Severity};
use crate::kql::syntax::settings::{Setting, Takes, find};
use crate::kql::syntax::tree::{Id, List, Node};
use crate::kql::types::{Conversion, Type};

impl<'a> Binder<'a> {
    pub fn wrong_type(&mut self, range: Range, wanted: &str, info: Info) {
        if self.silent == 0 {
            let message = format!("{wanted} is needed here, not {}", self.value_name(info));
            let name = self.text.get(range.start as usize..range.end as usize).unwrap_or_default();
            let finding = self.with_declaration(Finding::error(Kind::Type, range, message), name);
            self.report(finding);
        }
    }

    /// A type for which `holds`; what is unknown or wrong already passes.
    pub fn check_that(&mut self, range: Range, info: Info, wanted: &str, holds: fn(Type) -> bool) {
        match self.type_of(info) {
            Some(Type::Unknown) => {}
            Some(ty) if holds(ty) => {}
            None if matches!(info.value, Value::Error) => {}
            _ => self.wrong_type(range, wanted, info),
        }
    }

    pub fn check_not(&mut self, id: Id, info: Info, unwanted: &str, holds: fn(Type) -> bool) {
        if !self.check_scalar(id, info) {
            return;
        }
        let ty = self.type_or_unknown(info);
        if ty != Type::Unknown && holds(ty) {
            let range = self.range(id);
            let mut finding =
                Finding::error(Kind::Type, range, format!("a value of type {unwanted} cannot stand here"));
            if ty.is_dynamic() {
                finding = finding.help("convert it first, e.g. with tostring(…)");
            }
            self.report(finding);
        }
    }

    pub fn check_scalar(&mut self, id: Id, info: Info) -> bool {
        match info.value {
            Value::Scalar(_) | Value::Tuple(_) | Value::None => true,
            Value::Error => false,
            _ => {
                let range = self.range(id);
                let found = self.value_name(info);
                self.error(Kind::Tabular, range, format!("a single value is needed here, not {found}"));
                false
            }
        }
    }

    pub fn check_scalars(&mut self, list: List) -> bool {
        for id in self.items(list) {
            let info = self.info(id);
            let id = self.underlying(id);
            if !self.check_scalar(id, info) {
                return false;
            }
        }
        true
    }

    pub fn check_tabular(&mut self, id: Id, info: Info) -> bool {
        match info.value {
            Value::Table(_) | Value::Tables(_) | Value::Graph => true,
            Value::Error | Value::None => false,
            _ => {
                let range = self.range(id);
                let found = self.value_name(info);
                self.error(Kind::Tabular, range, format!("a table is needed here, not {found}"));
                false
            }
        }
    }

    pub fn check_type(&mut self, id: Id, info: Info, wanted: Type, allowed: Conversion) -> bool {
        let fits = match self.type_of(info) {
            Some(ty) if wanted == Type::DYNAMIC => ty.is_dynamic() || ty == Type::Unknown,
            Some(ty) => ty.stands_for(wanted, allowed),
            None => matches!(info.value, Value::Error | Value::None),
        };
        if !fits && wanted != Type::Unknown {
            let range = self.range(id);
            self.wrong_type(range, wanted.name(), info);
        }
        fits
    }

    /// A condition.
    pub fn check_bool(&mut self, id: Id) {
        let info = self.info(id);
        self.check_type(id, info, Type::Bool, Conversion::None);
    }

    pub fn check_integer(&mut self, id: Id) {
        let (info, range) = (self.info(id), self.range(id));
        self.check_that(range, info, "a whole number", Type::is_integer);
    }

    pub fn check_not_dynamic(&mut self, list: List) {
        for id in self.items(list) {
            let info = self.info(id);
            if self.type_or_unknown(info).is_dynamic() {
                self.check_not(id, info, "dynamic", Type::is_dynamic);
                return;
            }
        }
    }

    pub fn check_column(&mut self, id: Id, info: Info) -> bool {
        if info.as_column().is_some() {
            return true;
        }
        if !info.is_error() {
            let range = self.range(id);
            self.error(Kind::Column, range, "a column is needed here");
        }
        false
    }

    /// What stands behind a name and an order.
    pub fn underlying(&self, id: Id) -> Id {
        match self.tree.node(id) {
            Node::Named { value, .. } | Node::Ordered { value, .. } => self.underlying(value),
            _ => id,
        }
    }

    pub fn is_literal(&self, id: Id) -> bool {
        match self.tree.node(id) {
            Node::Literal(_) | Node::String(_) | Node::Dynamic(_) | Node::TypeOf(_) | Node::Word(_) | Node::Null => {
                true
            }
            Node::Paren(inner) => self.is_literal(inner),
            _ => false,
        }
    }

    pub fn check_literal(&mut self, id: Id, info: Info) -> bool {
        let literal = self.is_literal(id);
        if !literal && !info.is_error() {
            let range = self.range(id);
            self.error(Kind::Constant, range, "a literal is needed here");
        }
        literal
    }

    // Settings of operators.

    pub fn check_settings(&mut self, settings: List, own: &'static [Setting]) {
        let mut seen: Vec<&str> = Vec::new();
        for id in self.items(settings) {
            let Node::Setting { name, value } = self.tree.node(id) else { continue };
            self.bind_setting(value);
            let range = self.range(name);
            let text = self.names.text(self.name_of(name)).to_owned();
            let Some(setting) = find(own, &text) else {
                let known: Vec<&str> = own.iter().map(|setting| setting.name).collect();
                let near = crate::kql::near::nearest(&text, known);
                let message = format!("this operator has no setting `{text}`");
                let mut finding = Finding::error(Kind::Parameter, range, message).with_severity(Severity::Warning);
                finding.help = near.map(|near| format!("did you mean `{near}`?"));
                self.report(finding);
                continue;
            };
            if !setting.repeats && seen.contains(&setting.name) {
                self.error(Kind::Parameter, range, format!("the setting `{text}` is given twice"));
            }
            seen.push(setting.name);
            self.check_setting(setting, value);
        }
    }

    fn bind_setting(&mut self, value: Id) {
        match self.tree.node(value) {
            // A word or a column: what it is depends on the setting.
            Node::Word(_) | Node::Name(_) | Node::Names(_) => {}
            _ => {
                self.bind(value);
            }
        }
    }

    fn check_setting(&mut self, setting: &'static Setting, value: Id) {
        let node = self.tree.node(value);
        let range = self.range(value);
        let ty = match node {
            Node::Literal(ty) => Some(ty),
            Node::String(_) => Some(Type::String),
            _ => None,
        };
        let word = match node {
            Node::Word(name) | Node::Name(name) => self.names.text(name).to_owned(),
            _ => String::new(),
        };
        let fits = match setting.takes {
            _ if matches!(node, Node::Missing) => true,
            Takes::Any | Takes::NewName | Takes::Columns => true,
            Takes::Column => {
                let name = self.names.add(&word);
                let columns = self.row.and_then(|row| self.pool.find_or_infer(row, name));
                self.row.is_none() || columns.is_some()
            }
            Takes::Word(words) => is_word(&node, words, &word, setting.ignore_case),
            Takes::WordOrNumber(words) => {
                ty.is_some_and(Type::is_numeric) || is_word(&node, words, &word, setting.ignore_case)
            }
            Takes::Bool => ty == Some(Type::Bool),
            Takes::Integer => ty.is_some_and(Type::is_integer),
            Takes::Number => ty.is_some_and(Type::is_numeric),
            Takes::Text => ty == Some(Type::String),
            Takes::Literal => ty.is_some(),
            Takes::Value => {
                let info = self.info(value);
                self.type_of(info).is_none_or(|ty| ty.stands_for(Type::String, Conversion::None))
            }
        };
        if !fits {
            let wanted = wanted(setting);
            let text = self.text.get(range.start as usize..range.end as usize).unwrap_or_default().to_owned();
            let message = format!("`{}` takes {wanted}, not `{text}`", setting.name);
            let words = match setting.takes {
                Takes::Word(words) | Takes::WordOrNumber(words) => words.to_vec(),
                _ => Vec::new(),
            };
            self.unknown(Kind::Parameter, range, message, words, &text);
        }
    }

    /// The name that a setting declares, e.g. of `with_itemindex=i`.
    pub fn setting_name(&self, settings: List, names: &[&str]) -> Option<crate::kql::names::Name> {
        let value = self.setting_value(settings, names)?;
        match self.tree.node(value) {
            Node::Name(name) | Node::Word(name) => Some(name),
            _ => None,
        }
    }

    pub fn setting_value(&self, settings: List, names: &[&str]) -> Option<Id> {
        self.tree.list(settings).iter().find_map(|id| match self.tree.node(*id) {
            Node::Setting { name, value } => {
                let text = self.names.text(self.name_of(name));
                names.contains(&text).then_some(value)
            }
            _ => None,
        })
    }

    pub fn setting_word(&self, settings: List, names: &[&str]) -> &str {
        self.setting_name(settings, names).map_or("", |name| self.names.text(name))
    }
}

fn is_word(node: &Node, words: &[&str], word: &str, ignore_case: bool) -> bool {
    let listed =
        || words.iter().any(|known| if ignore_case { known.eq_ignore_ascii_case(word) } else { *known == word });
    matches!(node, Node::Word(_)) && (words.is_empty() || listed())
}

fn wanted(setting: &Setting) -> String {
    match setting.takes {
        Takes::Word(words) if !words.is_empty() => format!("one of {}", words.join(", ")),
        Takes::WordOrNumber(words) => format!("a number or one of {}", words.join(", ")),
        Takes::Word(_) => "a word".to_owned(),
        Takes::Bool => "true or false".to_owned(),
        Takes::Integer => "a whole number".to_owned(),
        Takes::Number => "a number".to_owned(),
        Takes::Text | Takes::Value => "a text in quotes".to_owned(),
        Takes::Literal => "a literal".to_owned(),
        Takes::NewName => "a name".to_owned(),
        Takes::Column | Takes::Columns => "a column".to_owned(),
        Takes::Any => "a value".to_owned(),
    }
}

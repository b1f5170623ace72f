//! Which signature a call means, and whether its arguments fit: the rules that all functions and operators share.

use super::layout::Parameters;
use super::{Binder, Info, Value};
use crate::kql::finding::{Finding, Kind, Range};
use crate::kql::registry::{Accepts, Argument, Family, Function, Parameter, Signature};
use crate::kql::syntax::tree::{Id, Node};
use crate::kql::types::{Conversion, Type, common};
use std::cmp::Ordering;

/// How well an argument fits a parameter: later is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    None,
    Unknown,
    Promoted,
    NotType,
    OneOfMany,
    Scalar,
    Summable,
    Orderable,
    Number,
    Integer,
    Tabular,
    Exact,
}

/// How well all arguments of a call fit a signature.
#[derive(Debug, Clone, Copy)]
struct Rating {
    /// How many fit at all.
    fitting: usize,
    worst: Fit,
    best: Fit,
}

/// The signatures that a call may mean.
pub enum Candidates {
    One(&'static Signature),
    /// None, or several that fit alike.
    Many(Vec<&'static Signature>),
}

impl Candidates {
    pub fn as_slice(&self) -> &[&'static Signature] {
        match self {
            Candidates::One(only) => std::slice::from_ref(only),
            Candidates::Many(many) => many,
        }
    }
}

impl<'a> Binder<'a> {
    fn stands_for_default(&self, parameter: &Parameter, id: Option<Id>) -> bool {
        let (Some(default), Some(id)) = (parameter.default, id) else { return false };
        matches!(self.tree.node(id), Node::String(text) if self.names.text(text) == default)
    }

    /// How well one argument fits.
    pub fn fit(
        &self,
        parameter: &Parameter,
        id: Option<Id>,
        info: &Info,
        infos: &[Info],
        laid: &Parameters<'_>,
    ) -> Fit {
        let ty = self.type_of(*info);
        let star = id.is_some_and(|id| matches!(self.tree.node(id), Node::Star));
        if ty == Some(Type::Unknown) && !star {
            return Fit::Unknown;
        }
        if self.stands_for_default(parameter, id) {
            return Fit::Exact;
        }
        if star {
            let takes = matches!(parameter.argument, Argument::StarOnly | Argument::StarAllowed);
            return if takes { Fit::Exact } else { Fit::None };
        }
        if parameter.argument == Argument::StarOnly {
            return Fit::None;
        }
        let scalar = self.is_scalar(*info);
        let when = |holds: bool, fit: Fit| if holds { fit } else { Fit::None };
        let Some(ty) = ty else {
            return match &parameter.accepts {
                Accepts::Any => Fit::Unknown,
                Accepts::Tabular => when(matches!(info.value, Value::Table(_) | Value::Tables(_)), Fit::Tabular),
                Accepts::Scalar => when(scalar, Fit::Scalar),
                _ => Fit::None,
            };
        };
        match &parameter.accepts {
            Accepts::Any => Fit::Unknown,
            Accepts::Types(types) => {
                if types.iter().any(|target| ty.stands_for(*target, Conversion::None)) {
                    if types.len() == 1 { Fit::Exact } else { Fit::OneOfMany }
                } else {
                    when(types.iter().any(|target| ty.stands_for(*target, Conversion::Promotable)), Fit::Promoted)
                }
            }
            Accepts::Scalar => Fit::Scalar,
            Accepts::Integer => when(ty.is_integer(), Fit::Integer),
            Accepts::RealOrDecimal => when(matches!(ty, Type::Real | Type::Decimal), Fit::OneOfMany),
            Accepts::StringOrDynamic => when(ty == Type::String || ty.is_dynamic(), Fit::OneOfMany),
            Accepts::StringOrArray => when(is_string_or_array(ty), Fit::OneOfMany),
            Accepts::IntegerOrArray => when(is_integer_or_array(ty), Fit::OneOfMany),
            Accepts::Array => when(ty.is_array(), Fit::OneOfMany),
            Accepts::Bag => when(ty.is_bag(), Fit::OneOfMany),
            Accepts::Number => when(ty.is_numeric(), Fit::Number),
            Accepts::NumberOrBool => when(ty.is_numeric() || ty == Type::Bool, Fit::Number),
            Accepts::Summable => when(ty.is_summable(), Fit::Summable),
            Accepts::Orderable => when(ty.is_orderable(), Fit::Orderable),
            Accepts::NotBool => when(ty != Type::Bool, Fit::NotType),
            Accepts::NotRealOrBool => when(!matches!(ty, Type::Real | Type::Bool), Fit::NotType),
            Accepts::NotDynamic => when(!ty.is_dynamic(), Fit::NotType),
            Accepts::Parameter(at) => match laid.get(*at) {
                Some(other) if !std::ptr::eq(other, parameter) => self.fit(other, id, info, infos, laid),
                _ => Fit::None,
            },
            Accepts::Tabular => Fit::None,
            common @ (Accepts::CommonScalar
            | Accepts::CommonNumber
            | Accepts::CommonSummable
            | Accepts::CommonOrderable
            | Accepts::CommonOrDynamic) => match self.common_argument(laid, infos, false) {
                Some(target) if ty.stands_for(target, Conversion::None) => Fit::Exact,
                Some(target) if ty.stands_for(target, Conversion::Promotable) => Fit::Promoted,
                Some(target) => when(
                    ty.stands_for(target, Conversion::Dynamic)
                        || (*common == Accepts::CommonOrDynamic && ty.is_dynamic()),
                    Fit::Exact,
                ),
                None => Fit::None,
            },
        }
    }

    /// The type that the arguments of the `Common…` parameters share.
    pub fn common_argument(&self, laid: &Parameters<'_>, infos: &[Info], skip_dynamic: bool) -> Option<Type> {
        let mut found = None;
        for (at, info) in infos.iter().enumerate() {
            let (Some(parameter), Some(ty)) = (laid.get(at), self.type_of(*info)) else { continue };
            if skip_dynamic && ty.is_dynamic() {
                continue;
            }
            let (takes, allowed) = match parameter.accepts {
                Accepts::CommonScalar => (true, Conversion::Promotable),
                Accepts::CommonNumber => (ty.is_numeric(), Conversion::Promotable),
                Accepts::CommonSummable => (ty.is_summable(), Conversion::Promotable),
                Accepts::CommonOrderable => (ty.is_orderable(), Conversion::Promotable),
                Accepts::CommonOrDynamic => (true, Conversion::Dynamic),
                _ => (false, Conversion::None),
            };
            if takes {
                found = Some(common(found, ty, allowed)?);
            }
        }
        if found.is_none() && skip_dynamic {
            return self.common_argument(laid, infos, false);
        }
        found
    }

    pub fn is_scalar(&self, info: Info) -> bool {
        matches!(info.value, Value::Scalar(_) | Value::Tuple(_))
    }

    /// How well a signature fits, if at least `least` arguments fit at all.
    fn rating(&self, signature: &'static Signature, ids: &[Id], infos: &[Info], least: usize) -> Option<Rating> {
        let laid = self.layout(signature, ids, infos);
        let mut rating = Rating { fitting: 0, worst: Fit::Exact, best: Fit::None };
        for (at, info) in infos.iter().enumerate() {
            let fit = match laid.get(at) {
                Some(parameter) => self.fit(parameter, ids.get(at).copied(), info, infos, &laid),
                None => Fit::None,
            };
            rating.fitting += usize::from(fit != Fit::None);
            if rating.fitting + infos.len() - at <= least {
                return None;
            }
            rating.worst = rating.worst.min(fit);
            rating.best = rating.best.max(fit);
        }
        Some(rating)
    }

    /// The signatures that a call may mean; one, if it is clear. `all`: every argument must fit.
    pub fn best_signatures(&self, function: &'static Function, ids: &[Id], infos: &[Info], all: bool) -> Candidates {
        let signatures = function.signatures.as_slice();
        if let [only] = signatures {
            return Candidates::One(only);
        }
        let takes = |signature: &Signature, count: usize| (signature.least..=signature.most).contains(&count);
        let mut count = infos.len();
        if !signatures.iter().any(|signature| takes(signature, count)) {
            count = signatures.iter().map(|signature| signature.most).max().unwrap_or(0);
        }
        let candidates = || signatures.iter().filter(move |signature| takes(signature, count));
        let mut of_count = candidates();
        if let (Some(only), None) = (of_count.next(), of_count.next()) {
            return Candidates::One(only);
        }
        // The winner is the one that more arguments fit, then the one whose worst and best argument fit better.
        let mut most = if all { infos.len() } else { 0 };
        let mut winner: Option<(&'static Signature, Rating)> = None;
        let mut tied = false;
        for signature in candidates() {
            let Some(rating) = self.rating(signature, ids, infos, most) else { continue };
            let before = winner.filter(|_| rating.fitting == most);
            let order = before
                .map_or(Ordering::Greater, |(_, before)| (rating.worst, rating.best).cmp(&(before.worst, before.best)));
            tied = before.is_some() && (tied || order == Ordering::Equal);
            if order == Ordering::Greater {
                winner = Some((signature, rating));
            }
            most = rating.fitting;
        }
        match winner {
            Some((winner, _)) if !tied => Candidates::One(winner),
            _ => Candidates::Many(
                candidates().filter(|signature| self.rating(signature, ids, infos, most).is_some()).collect(),
            ),
        }
    }

    /// Reports what is wrong with the arguments of a call whose signature is clear.
    pub fn check_signature(
        &mut self,
        function: &'static Function,
        signature: &'static Signature,
        ids: &[Id],
        infos: &[Info],
        place: Range,
    ) {
        if self.silent > 0 {
            return;
        }
        let count = infos.len();
        if !(signature.least..=signature.most).contains(&count) {
            let message = format!("`{}` takes {}, not {count}", function.name, takes(signature));
            self.error(Kind::Arguments, place, message);
            return;
        }
        let laid = self.layout(signature, ids, infos);
        if signature.common && self.common_argument(&laid, infos, false).is_none() {
            let names: Vec<&str> = infos.iter().map(|info| self.value_name(*info)).collect();
            let message = format!("the arguments of `{}` have no common type: {}", function.name, names.join(", "));
            let finding = Finding::error(Kind::Type, place, message);
            self.report(finding.help("convert them, e.g. with tostring(…) or tolong(…)"));
            return;
        }
        for (at, info) in infos.iter().enumerate() {
            if let (Some(parameter), Some(id)) = (laid.get(at), ids.get(at).copied()) {
                self.check_argument(function, parameter, id, *info, infos, &laid);
            }
        }
    }

    fn check_argument(
        &mut self,
        function: &'static Function,
        parameter: &'static Parameter,
        id: Id,
        info: Info,
        infos: &[Info],
        laid: &Parameters<'_>,
    ) {
        let range = self.range(id);
        if matches!(self.tree.node(id), Node::Star) && function.family != Family::Operator {
            if !matches!(parameter.argument, Argument::StarOnly | Argument::StarAllowed) {
                self.error(Kind::Syntax, range, format!("`{}` does not take `*`", function.name));
            }
            return;
        }
        if self.stands_for_default(parameter, Some(id)) {
            return;
        }
        let id = self.underlying(id);
        let range = self.range(id);
        let before = self.findings.len();
        match &parameter.accepts {
            Accepts::Any => {}
            Accepts::Types(types) => {
                let misfit = self.fit(parameter, Some(id), &info, infos, laid) == Fit::None;
                if misfit && !info.is_error() {
                    let names: Vec<&str> = types.iter().map(|ty| ty.name()).collect();
                    self.wrong_type(range, &names.join(" or "), info);
                }
            }
            Accepts::Scalar => {
                self.check_scalar(id, info);
            }
            Accepts::Integer => self.check_that(range, info, "a whole number", Type::is_integer),
            Accepts::RealOrDecimal => {
                self.check_that(range, info, "real or decimal", |ty| matches!(ty, Type::Real | Type::Decimal));
            }
            Accepts::StringOrDynamic => {
                self.check_that(range, info, "string or dynamic", |ty| ty == Type::String || ty.is_dynamic());
            }
            Accepts::StringOrArray => self.check_that(range, info, "string or an array of strings", is_string_or_array),
            Accepts::IntegerOrArray => {
                self.check_that(range, info, "a whole number or an array of them", is_integer_or_array);
            }
            Accepts::Array => self.check_that(range, info, "a dynamic array", Type::is_array),
            Accepts::Bag => self.check_that(range, info, "a dynamic property bag", Type::is_bag),
            Accepts::Number => self.check_that(range, info, "a number", Type::is_numeric),
            Accepts::NumberOrBool => {
                self.check_that(range, info, "a number or a boolean", |ty| ty.is_numeric() || ty == Type::Bool);
            }
            Accepts::Summable => self.check_that(range, info, "a number, a time or a timespan", Type::is_summable),
            Accepts::Orderable => {
                let what = "a number, a time, a timespan, a string or a boolean";
                self.check_that(range, info, what, Type::is_orderable);
            }
            Accepts::NotBool => self.check_not(id, info, "bool", |ty| ty == Type::Bool),
            Accepts::NotRealOrBool => {
                self.check_not(id, info, "real or bool", |ty| matches!(ty, Type::Real | Type::Bool));
            }
            Accepts::NotDynamic => self.check_not(id, info, "dynamic", Type::is_dynamic),
            Accepts::Tabular => {
                self.check_tabular(id, info);
            }
            Accepts::Parameter(at) => {
                if let Some(target) = infos.get(*at).and_then(|info| self.type_of(*info)) {
                    self.check_type(id, info, target, Conversion::None);
                }
            }
            Accepts::CommonOrDynamic => {
                self.check_scalar(id, info);
            }
            Accepts::CommonScalar => {
                if self.check_scalar(id, info)
                    && let Some(target) = self.common_argument(laid, infos, false)
                {
                    self.check_type(id, info, target, Conversion::Promotable);
                }
            }
            Accepts::CommonNumber => self.check_that(range, info, "a number", Type::is_numeric),
            Accepts::CommonSummable => {
                self.check_that(range, info, "a number, a time or a timespan", Type::is_summable);
            }
            Accepts::CommonOrderable => {
                let what = "a number, a time, a timespan, a string or a boolean";
                self.check_that(range, info, what, Type::is_orderable);
                if let Some(target) = self.common_argument(laid, infos, false)
                    && self.findings.len() == before
                {
                    self.check_type(id, info, target, Conversion::Promotable);
                }
            }
        }
        self.check_kind(parameter, id, info);
    }

    fn check_kind(&mut self, parameter: &'static Parameter, id: Id, info: Info) {
        let range = self.range(id);
        match parameter.argument {
            Argument::Column | Argument::ColumnOfFirst | Argument::ColumnOfBoth => {
                self.check_column(id, info);
            }
            Argument::Constant if !info.constant && !info.is_error() => {
                let message = format!("the argument `{}` must be a constant", parameter.name);
                self.error(Kind::Constant, range, message);
            }
            Argument::Literal => {
                let literal = self.check_literal(id, info);
                if literal && !parameter.values.is_empty() {
                    self.check_value(parameter, id, info);
                }
            }
            Argument::LiteralNotEmpty => {
                let empty = info.text.is_some_and(|text| self.names.text(text).is_empty());
                if self.check_literal(id, info) && empty {
                    self.error(Kind::Constant, range, "this text must not be empty");
                }
            }
            _ => {}
        }
    }

    fn check_value(&mut self, parameter: &'static Parameter, id: Id, info: Info) {
        let Some(text) = info.text.map(|text| self.names.text(text)) else { return };
        let equal = |value: &&'static str| {
            if parameter.ignore_case { value.eq_ignore_ascii_case(text) } else { **value == *text }
        };
        if !parameter.values.iter().any(equal) {
            let range = self.range(id);
            let known: Vec<&str> = parameter.values.clone();
            let word = text.to_owned();
            let message = format!("`{word}` is not one of {}", known.join(", "));
            self.unknown(Kind::Constant, range, message, known, &word);
        }
    }
}

fn is_string_or_array(ty: Type) -> bool {
    ty == Type::String
        || ty == Type::DYNAMIC
        || ty == Type::ARRAY
        || ty == Type::String.array()
        || ty == Type::String.in_dynamic()
}

fn is_integer_or_array(ty: Type) -> bool {
    ty.is_integer()
        || ty == Type::DYNAMIC
        || ty == Type::ARRAY
        || ty == Type::Long.array()
        || ty == Type::Long.in_dynamic()
}

fn takes(signature: &Signature) -> String {
    let arguments = |count: usize| if count == 1 { "1 argument".to_owned() } else { format!("{count} arguments") };
    match (signature.least, signature.most) {
        (least, most) if least == most => arguments(least),
        (least, most) if most > 1_000 => format!("at least {}", arguments(least)),
        (least, most) => format!("{least} to {}", arguments(most)),
    }
}

//! Which signature a call means, and whether its arguments fit: the rules that all functions and operators share.

use super::{Binder, Info, Value};
use crate::kql::finding::{Finding, Kind, Range};
use crate::kql::registry::{Accepts, Argument, Family, Function, Layout, Parameter, Signature};
use crate::kql::syntax::tree::{Id, Node};
use crate::kql::types::{Conversion, Type, common};

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

type Parameters = Vec<Option<&'static Parameter>>;

impl<'a> Binder<'a> {
    /// The parameter of each argument.
    pub fn layout(&self, signature: &'static Signature, ids: &[Id], infos: &[Info]) -> Parameters {
        match signature.layout {
            Layout::Fixed => (0..ids.len()).map(|at| signature.parameters.get(at)).collect(),
            Layout::Block if signature.repeats => block(signature, ids.len()),
            Layout::Block => (0..ids.len()).map(|at| signature.parameters.get(at)).collect(),
            Layout::Repeating | Layout::Skipping | Layout::Own => self.repeating(signature, ids, infos),
        }
    }

    fn repeating(&self, signature: &'static Signature, ids: &[Id], infos: &[Info]) -> Parameters {
        let skipping = signature.layout != Layout::Repeating;
        let parameters = &signature.parameters;
        let last = parameters.len().saturating_sub(1);
        let (mut current, mut count) = (0usize, 0u16);
        let mut out: Parameters = Vec::with_capacity(ids.len());
        for (at, info) in infos.iter().enumerate() {
            let Some(parameter) = parameters.get(current).filter(|_| at < signature.most) else {
                out.push(None);
                continue;
            };
            let mut parameter = parameter;
            if current < last && count >= parameter.most {
                current += 1;
                count = 0;
                parameter = parameters.get(current).unwrap_or(parameter);
            }
            if count < parameter.least || (count == 0 && parameter.least == 0 && !skipping) {
                out.push(Some(parameter));
                count += 1;
                continue;
            }
            if current == last {
                out.push((count < parameter.most).then_some(parameter));
                count += 1;
                continue;
            }
            let id = ids.get(at).copied();
            let here = self.fit(parameter, id, *info, infos, &out);
            let mut next = current + 1;
            loop {
                let candidate = parameters.get(next).unwrap_or(parameter);
                let there = self.fit(candidate, id, *info, infos, &out);
                if here >= there && here != Fit::None {
                    out.push(Some(parameter));
                    count += 1;
                    break;
                }
                if there != Fit::None {
                    out.push(Some(candidate));
                    current = next;
                    count = 1;
                    break;
                }
                if candidate.least == 0 && skipping && next < last {
                    next += 1;
                    continue;
                }
                out.push(Some(parameter));
                count += 1;
                break;
            }
        }
        out
    }

    fn stands_for_default(&self, parameter: &Parameter, id: Option<Id>) -> bool {
        let (Some(default), Some(id)) = (parameter.default, id) else { return false };
        matches!(self.tree.node(id), Node::String(text) if self.names.text(text) == default)
    }

    /// How well one argument fits.
    fn fit(&self, parameter: &Parameter, id: Option<Id>, info: Info, infos: &[Info], laid: &Parameters) -> Fit {
        let ty = self.type_of(info);
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
        let scalar = self.is_scalar(info);
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
            Accepts::Parameter(at) => match laid.get(*at).copied().flatten() {
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
    pub fn common_argument(&self, laid: &Parameters, infos: &[Info], skip_dynamic: bool) -> Option<Type> {
        let mut found = None;
        for (parameter, info) in laid.iter().zip(infos) {
            let (Some(parameter), Some(ty)) = (parameter, self.type_of(*info)) else { continue };
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

    fn fits(&self, signature: &'static Signature, ids: &[Id], infos: &[Info]) -> Vec<Fit> {
        let laid = self.layout(signature, ids, infos);
        let one = |(at, info): (usize, &Info)| match laid.get(at).copied().flatten() {
            Some(parameter) => self.fit(parameter, ids.get(at).copied(), *info, infos, &laid),
            None => Fit::None,
        };
        infos.iter().enumerate().map(one).collect()
    }

    /// The signatures that a call may mean; one, if it is clear. `all`: every argument must fit.
    pub fn best_signatures(
        &self,
        function: &'static Function,
        ids: &[Id],
        infos: &[Info],
        all: bool,
    ) -> Vec<&'static Signature> {
        let signatures = &function.signatures;
        if let [only] = signatures.as_slice() {
            return vec![only];
        }
        let count = infos.len();
        let takes = |count: usize| move |signature: &&Signature| (signature.least..=signature.most).contains(&count);
        let mut found: Vec<&'static Signature> = signatures.iter().filter(takes(count)).collect();
        if found.is_empty() {
            let closest = signatures.iter().map(|signature| signature.most).max().unwrap_or(0);
            found = signatures.iter().filter(takes(closest)).collect();
        }
        if found.len() < 2 {
            return found;
        }
        let rated: Vec<(&'static Signature, Vec<Fit>)> =
            found.into_iter().map(|signature| (signature, self.fits(signature, ids, infos))).collect();
        let matching = |fits: &[Fit]| fits.iter().filter(|fit| **fit != Fit::None).count();
        let mut most = rated.iter().map(|(_, fits)| matching(fits)).max().unwrap_or(0);
        if all {
            most = most.max(count);
        }
        let rated: Vec<_> = rated.into_iter().filter(|(_, fits)| matching(fits) == most).collect();
        let better = |a: &[Fit], b: &[Fit]| {
            let worst = |fits: &[Fit]| fits.iter().copied().min().unwrap_or(Fit::Exact).min(Fit::Exact);
            let best = |fits: &[Fit]| fits.iter().copied().max().unwrap_or(Fit::None);
            worst(a).cmp(&worst(b)).then_with(|| best(a).cmp(&best(b)))
        };
        let Some((mut winner, mut winner_fits)) = rated.first().map(|(s, fits)| (*s, fits)) else { return Vec::new() };
        for (signature, fits) in rated.iter().skip(1) {
            match better(fits, winner_fits) {
                std::cmp::Ordering::Greater => (winner, winner_fits) = (*signature, fits),
                std::cmp::Ordering::Equal => return rated.iter().map(|(signature, _)| *signature).collect(),
                std::cmp::Ordering::Less => {}
            }
        }
        let clear = rated.iter().all(|(signature, fits)| {
            std::ptr::eq(*signature, winner) || better(winner_fits, fits) == std::cmp::Ordering::Greater
        });
        if clear { vec![winner] } else { rated.iter().map(|(signature, _)| *signature).collect() }
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
        let has_common = signature.parameters.iter().any(|parameter| {
            matches!(
                parameter.accepts,
                Accepts::CommonScalar
                    | Accepts::CommonNumber
                    | Accepts::CommonSummable
                    | Accepts::CommonOrderable
                    | Accepts::CommonOrDynamic
            )
        });
        if has_common && self.common_argument(&laid, infos, false).is_none() {
            let names: Vec<&str> = infos.iter().map(|info| self.value_name(*info)).collect();
            let message = format!("the arguments of `{}` have no common type: {}", function.name, names.join(", "));
            let finding = Finding::error(Kind::Type, place, message);
            self.report(finding.help("convert them, e.g. with tostring(…) or tolong(…)"));
            return;
        }
        for (at, info) in infos.iter().enumerate() {
            if let (Some(parameter), Some(id)) = (laid.get(at).copied().flatten(), ids.get(at).copied()) {
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
        laid: &Parameters,
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
                let misfit = self.fit(parameter, Some(id), info, infos, laid) == Fit::None;
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

/// Parameters that come in groups, e.g. `key, value, key, value, …`.
fn block(signature: &'static Signature, count: usize) -> Parameters {
    let parameters = &signature.parameters;
    let first = parameters.iter().position(|parameter| parameter.most > 1).unwrap_or(0);
    let last = parameters.iter().rposition(|parameter| parameter.most > 1).unwrap_or(0);
    let size = last - first + 1;
    let least = size * parameters.get(first).map_or(1, |parameter| usize::from(parameter.least));
    let after = parameters.len() - last - 1;
    let possible = count.saturating_sub(first).saturating_sub(after);
    let groups = possible.max(least).div_ceil(size);
    let end = first + groups * size;
    let parameter_of = |at: usize| {
        if at < first {
            parameters.get(at)
        } else if at < end {
            parameters.get(first + (at - first) % size)
        } else {
            parameters.get(last + 1 + (at - end))
        }
    };
    (0..count).map(parameter_of).collect()
}

fn takes(signature: &Signature) -> String {
    let arguments = |count: usize| if count == 1 { "1 argument".to_owned() } else { format!("{count} arguments") };
    match (signature.least, signature.most) {
        (least, most) if least == most => arguments(least),
        (least, most) if most > 1_000 => format!("at least {}", arguments(least)),
        (least, most) => format!("{least} to {}", arguments(most)),
    }
}

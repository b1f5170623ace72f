//! Functions, aggregates and plug-ins whose result is more than a rule of the data file can say.

use super::schema::Column;
use super::{Binder, Info, Symbol, Value};
use crate::kql::names::Name;
use crate::kql::registry::{Function, Signature};
use crate::kql::syntax::tree::{Id, Node};
use crate::kql::types::{Conversion, Type, common_of};

const REALS: Type = Type::Dynamic(crate::kql::types::Shape::Array(crate::kql::types::Inner::Real));

/// Several results of one function: `name_argument_part`.
fn parts(function: &str) -> Option<&'static [(&'static str, Type)]> {
    Some(match function {
        "series_stats" => &[
            ("min", Type::Real),
            ("min_idx", Type::Long),
            ("max", Type::Real),
            ("max_idx", Type::Long),
            ("avg", Type::Real),
            ("stdev", Type::Real),
            ("variance", Type::Real),
        ],
        "series_fft" | "series_ifft" => &[("real", REALS), ("imag", REALS)],
        "series_fit_line" => &[
            ("rsquare", Type::Real),
            ("slope", Type::Real),
            ("variance", Type::Real),
            ("rvariance", Type::Real),
            ("interception", Type::Real),
            ("line_fit", REALS),
        ],
        "series_fit_2lines" => &[
            ("rsquare", Type::Real),
            ("split_idx", Type::Long),
            ("variance", Type::Real),
            ("rvariance", Type::Real),
            ("line_fit", REALS),
            ("right_rsquare", Type::Real),
            ("right_slope", Type::Real),
            ("right_interception", Type::Real),
            ("right_variance", Type::Real),
            ("right_rvariance", Type::Real),
            ("left_rsquare", Type::Real),
            ("left_slope", Type::Real),
            ("left_interception", Type::Real),
            ("left_variance", Type::Real),
            ("left_rvariance", Type::Real),
        ],
        "series_periods_detect" | "series_periods_validate" => &[("periods", REALS), ("scores", REALS)],
        "series_fit_poly" => &[
            ("rsquare", Type::Real),
            ("coefficients", REALS),
            ("variance", Type::Real),
            ("rvariance", Type::Real),
            ("poly_fit", REALS),
        ],
        "series_decompose" | "series_decompose_forecast" => {
            &[("baseline", Type::ARRAY), ("seasonal", Type::ARRAY), ("trend", Type::ARRAY), ("residual", Type::ARRAY)]
        }
        "series_decompose_anomalies" => {
            &[("ad_flag", Type::ARRAY), ("ad_score", Type::ARRAY), ("baseline", Type::ARRAY)]
        }
        _ => return None,
    })
}

impl<'a> Binder<'a> {
    pub fn custom_result(
        &mut self,
        function: &'static Function,
        signature: &'static Signature,
        ids: &[Id],
        infos: &[Info],
    ) -> Value {
        if let Some(parts) = parts(function.name) {
            let argument = ids.first().and_then(|id| self.result_name(*id, Some(""))).unwrap_or_default();
            let origin = self.origin_of(ids);
            let mut columns = Vec::with_capacity(parts.len());
            for (part, ty) in parts {
                let name = self.names.add(&format!("{}_{argument}_{part}", function.name));
                columns.push(self.pool.derived(name, *ty, origin));
            }
            return Value::Tuple(self.new_table(&columns, false));
        }
        let types: Vec<Type> = infos.iter().map(|info| self.type_or_unknown(*info)).collect();
        let common = |allowed| common_of(types.iter().copied(), allowed);
        Value::Scalar(match function.name {
            "bin_auto" => common(Conversion::Promotable).map_or(Type::Unknown, Type::long_for_int),
            "array_concat" => common(Conversion::None).unwrap_or(Type::ARRAY),
            "array_iif" | "array_iff" => {
                let found = common_of(types.get(1).copied(), Conversion::Promotable).unwrap_or(Type::DYNAMIC);
                if found.is_dynamic() { found } else { found.array() }
            }
            "array_sort_asc" | "array_sort_desc" => return self.sorted_arrays(ids, infos),
            "pack"
            | "pack_dictionary"
            | "bag_pack"
            | "bag_pack_columns"
            | "pack_all"
            | "bag_merge"
            | "bag_remove_keys"
            | "bag_set_key"
            | "series_stats_dynamic"
            | "series_fit_line_dynamic"
            | "series_fit_2lines_dynamic" => Type::BAG,
            "pack_array" => match infos.first().map(|info| info.symbol) {
                Some(Symbol::Columns(_)) => {
                    let columns = self.row_columns();
                    let ty = common_of(columns.iter().map(|column| column.ty), Conversion::Promotable);
                    ty.map_or(Type::ARRAY, Type::array)
                }
                _ => common(Conversion::Promotable).map_or(Type::ARRAY, Type::array),
            },
            "set_union" | "set_intersect" | "set_difference" => {
                let found = common(Conversion::Promotable).unwrap_or(Type::ARRAY);
                if found.is_array() && found != Type::DYNAMIC { found } else { Type::ARRAY }
            }
            "percentile" | "percentiles" | "percentilew" | "percentilesw" => {
                return self.percentiles(function.name, ids, infos);
            }
            "percentiles_array" | "percentilesw_array" => {
                let argument = ids.first().and_then(|id| self.result_name(*id, Some(""))).unwrap_or_default();
                let name = self.names.add(&format!("percentiles_{argument}"));
                let origin = self.origin_of(ids);
                let column = self.pool.derived(name, Type::ARRAY, origin);
                return Value::Tuple(self.new_table(&[column], false));
            }
            "any" => return self.any_result(ids, infos, ""),
            "take_any" => return self.any_result(ids, infos, "any_"),
            "arg_min" => return self.arg_result(ids, infos, "min", false),
            "arg_max" => return self.arg_result(ids, infos, "max", false),
            "argmin" => return self.arg_result(ids, infos, "min", true),
            "argmax" => return self.arg_result(ids, infos, "max", true),
            _ => return self.plugin_result(function, signature, ids, infos),
        })
    }

    fn sorted_arrays(&mut self, ids: &[Id], infos: &[Info]) -> Value {
        let mut columns = Vec::new();
        for (at, (id, info)) in ids.iter().zip(infos).enumerate() {
            let ty = self.type_or_unknown(*info);
            if !ty.is_array() {
                break;
            }
            let name = self.result_name(*id, Some("")).filter(|name| !name.is_empty());
            let name = name.map_or_else(|| format!("array{at}_sorted"), |name| format!("{name}_sorted"));
            let name = self.names.add(&name);
            let origin = self.origin(*id);
            columns.push(self.pool.derived(name, ty, origin));
        }
        Value::Tuple(self.new_table(&columns, false))
    }

    fn percentiles(&mut self, function: &str, ids: &[Id], infos: &[Info]) -> Value {
        let Some((first, info)) = ids.first().zip(infos.first()) else { return Value::Error };
        let weighted = function.starts_with("percentilew") || function.starts_with("percentilesw");
        let argument = self.result_name(*first, Some("")).unwrap_or_default();
        let ty = match self.type_or_unknown(*info) {
            Type::Int => Type::Long,
            Type::Decimal => Type::Real,
            ty => ty,
        };
        let fixed = if weighted { 2 } else { 1 };
        let origin = self.origin_of(ids.get(..fixed).unwrap_or(ids));
        let mut columns = Vec::new();
        for id in ids.iter().skip(fixed) {
            let of: String = self.text_of(*id).chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
            let name = self.names.add(&format!("percentile_{argument}_{of}"));
            columns.push(self.pool.derived(name, ty, origin));
        }
        Value::Tuple(self.new_table(&columns, false))
    }

    /// An argument and, if it is a column under another name, that name.
    fn column_argument(&self, id: Id) -> Option<(Column, Option<Name>)> {
        match self.tree.node(id) {
            Node::Named { name, value } => Some((self.result_column(value)?, Some(self.name_of(name)))),
            _ => Some((self.result_column(id)?, None)),
        }
    }

    fn any_result(&mut self, ids: &[Id], infos: &[Info], prefix: &str) -> Value {
        let star = ids.iter().any(|id| matches!(self.tree.node(*id), Node::Star));
        let mut seen = self.groups_by.clone();
        let mut columns = Vec::new();
        for (at, (id, info)) in ids.iter().zip(infos).enumerate() {
            if matches!(self.tree.node(*id), Node::Star) {
                for column in self.row_columns() {
                    if !seen.contains(&column.id) {
                        seen.push(column.id);
                        columns.push(column);
                    }
                }
                continue;
            }
            match self.column_argument(*id) {
                Some((column, _)) if star && seen.contains(&column.id) => {}
                Some((column, None)) if !seen.contains(&column.id) => {
                    seen.push(column.id);
                    columns.push(column);
                }
                Some((column, name)) => {
                    seen.push(column.id);
                    columns.push(self.pool.derived(name.unwrap_or(column.name), column.ty, column));
                }
                None => {
                    let name = self.result_name(*id, Some("")).filter(|name| !name.is_empty());
                    let name = name.unwrap_or_else(|| format!("{prefix}arg{at}"));
                    let name = self.names.add(&name);
                    let ty = self.type_or_unknown(*info);
                    let origin = self.origin(*id);
                    columns.push(self.pool.derived(name, ty, origin));
                }
            }
        }
        Value::Tuple(self.new_table(&columns, false))
    }

    /// `arg_max(a, b, *)`. `old`: `argmax`, whose further columns carry the first one's name.
    fn arg_result(&mut self, ids: &[Id], infos: &[Info], word: &str, old: bool) -> Value {
        let star = ids.iter().any(|id| matches!(self.tree.node(*id), Node::Star));
        let first_name = ids.first().and_then(|id| self.result_name(*id, Some(""))).unwrap_or_default();
        let groups = self.groups_by.clone();
        let mut seen: Vec<u32> = Vec::new();
        let mut columns: Vec<Column> = Vec::new();
        for (at, (id, info)) in ids.iter().zip(infos).enumerate() {
            let prefixed = |binder: &mut Self, name: Name| {
                if !old || at == 0 {
                    return name;
                }
                let text = format!("{first_name}_{}", binder.names.text(name));
                binder.names.add(&text)
            };
            let may_add = |seen: &[u32], id: u32| at == 0 || !star || !(seen.contains(&id) || groups.contains(&id));
            if matches!(self.tree.node(*id), Node::Star) {
                for column in self.row_columns() {
                    if may_add(&seen, column.id) {
                        seen.push(column.id);
                        let name = prefixed(self, column.name);
                        let made = if old { self.pool.derived(name, column.ty, column) } else { column };
                        columns.push(made);
                    }
                }
                continue;
            }
            match self.column_argument(*id) {
                Some((column, _)) if !may_add(&seen, column.id) => {}
                Some((column, Some(name))) => {
                    seen.push(column.id);
                    let name = prefixed(self, name);
                    columns.push(self.pool.derived(name, column.ty, column));
                }
                Some((column, None)) => {
                    let again = seen.contains(&column.id) || groups.contains(&column.id);
                    seen.push(column.id);
                    let name = prefixed(self, column.name);
                    let another = again || name != column.name;
                    let made = if another { self.pool.derived(name, column.ty, column) } else { column };
                    columns.push(made);
                }
                None => {
                    let name = self.result_name(*id, None);
                    let name = name.unwrap_or_else(|| match at {
                        0 => format!("{word}_"),
                        _ => format!("{word}_{first_name}_arg{at}"),
                    });
                    let name = self.names.add(&name);
                    let ty = self.type_or_unknown(*info);
                    let origin = self.origin(*id);
                    columns.push(self.pool.derived(name, ty, origin));
                }
            }
        }
        Value::Tuple(self.new_table(&columns, false))
    }
}

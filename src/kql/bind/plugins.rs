//! What plug-ins give: the rows that flow in, columns that their arguments name, columns of their own.

use super::schema::Column;
use super::trace::{Opening, Origin};
use super::{Binder, Info, Value};
use crate::kql::names::Name;
use crate::kql::registry::{Function, Signature};
use crate::kql::syntax::tree::{Id, Node};
use crate::kql::types::Type;

/// Arguments of a plug-in, found by the names of their parameters.
struct Given<'c> {
    ids: &'c [Id],
    infos: &'c [Info],
    names: Vec<&'static str>,
}

impl Given<'_> {
    fn all<'n>(&'n self, name: &'n str) -> impl Iterator<Item = (Id, Info)> + 'n {
        let of = move |(at, id): (usize, &Id)| {
            (self.names.get(at) == Some(&name)).then(|| Some((*id, *self.infos.get(at)?))).flatten()
        };
        self.ids.iter().enumerate().filter_map(of)
    }

    fn one(&self, name: &str) -> Option<(Id, Info)> {
        self.all(name).next()
    }

    fn columns(&self, name: &str) -> Vec<Column> {
        self.all(name).filter_map(|(_, info)| info.as_column()).collect()
    }
}

const CLUSTER: &[(&str, Type)] = &[("SegmentId", Type::Long), ("Count", Type::Long), ("Percent", Type::Real)];
const DIFFERENCE: &[(&str, Type)] = &[
    ("SegmentId", Type::Long),
    ("CountA", Type::Long),
    ("CountB", Type::Long),
    ("PercentA", Type::Real),
    ("PercentB", Type::Real),
    ("PercentDiffAB", Type::Real),
];

/// What plug-ins over a timeline give behind the timeline and the dimensions.
fn timeline_columns(plugin: &str) -> Option<&'static [(&'static str, Type)]> {
    Some(match plugin {
        "active_users_count" => &[("dcount", Type::Long)],
        "activity_counts_metrics" => &[
            ("count", Type::Long),
            ("dcount", Type::Long),
            ("new_dcount", Type::Long),
            ("aggregated_dcount", Type::Long),
        ],
        "activity_engagement" => &[
            ("dcount_activities_inner", Type::Long),
            ("dcount_activities_outer", Type::Long),
            ("activity_ratio", Type::Real),
        ],
        "activity_metrics" => &[
            ("dcount_values", Type::Long),
            ("dcount_newvalues", Type::Long),
            ("retention_rate", Type::Real),
            ("churn_rate", Type::Real),
        ],
        "session_count" => &[("count_sessions", Type::Long)],
        "sliding_window_counts" => &[("Count", Type::Long), ("Dcount", Type::Long)],
        _ => return None,
    })
}

impl<'a> Binder<'a> {
    pub fn plugin_result(
        &mut self,
        function: &'static Function,
        signature: &'static Signature,
        ids: &[Id],
        infos: &[Info],
    ) -> Value {
        let laid = self.layout(signature, ids, infos);
        let names = (0..ids.len()).map(|at| laid.get(at).map_or("", |parameter| parameter.name)).collect();
        let given = Given { ids, infos, names };
        if let Some(own) = timeline_columns(function.name) {
            let mut columns = given.columns("TimelineColumn");
            columns.extend(given.columns("Dimension"));
            columns.extend(self.own_columns(own));
            return Value::Table(self.new_table(&columns, false));
        }
        let row = self.row_columns();
        match function.name {
            "bag_unpack" => {
                let unpacked = given.one("column").and_then(|(_, info)| info.as_column()).map(|column| column.id);
                let columns: Vec<Column> = row.into_iter().filter(|column| Some(column.id) != unpacked).collect();
                let table = self.new_table(&columns, true);
                if let Some(unpacked) = unpacked {
                    self.pool.trace.opened(table, Opening::Members(unpacked));
                }
                self.pool.opened_by(table, self.row);
                Value::Table(table)
            }
            "pivot" => self.pivot(ids, infos, row),
            // Rows and their count as two results of their own: nothing flows on.
            "preview" => Value::Table(self.new_table(&[], false)),
            "identity" | "identity_v3" | "rows_near" => {
                let table = self.row_or_empty();
                Value::Table(table)
            }
            "autocluster" | "basket" => self.before_row(CLUSTER, row),
            "diffpatterns" => self.before_row(DIFFERENCE, row),
            "dcount_intersect" => {
                let origin = self.origin_of(ids);
                let mut columns = row;
                for at in 0..ids.len() {
                    let name = self.names.add(&format!("s{at}"));
                    columns.push(self.pool.derived(name, Type::Long, origin));
                }
                self.like_row(&columns)
            }
            "estimate_rows_count" => {
                let columns = self.own_columns(&[("EstimatedRowsCount", Type::Long)]);
                Value::Table(self.new_table(&columns, false))
            }
            "new_activity_metrics" => self.new_activity(&given),
            "funnel_sequence" | "funnel_sequence_completion" => self.funnel(function.name, &given),
            "rolling_percentile" => self.rolling_percentile(&given),
            "sequence_detect" => self.sequence(ids, infos),
            "ipv4_lookup" | "ipv6_lookup" | "geo_polygon_lookup" | "geo_line_lookup" => self.looked_up(&given, row),
            "ai_embed_text" => self.beside_row(&given, "Text", "embedding", Type::DYNAMIC, row),
            "ai_embeddings" => self.beside_row(&given, "Text", "embeddings", Type::DYNAMIC, row),
            "ai_chat_completion" | "ai_chat_completion_prompt" => {
                self.beside_row(&given, "Prompt", "completion", Type::String, row)
            }
            "python" | "r" | "csharp" => match ids.first().and_then(|id| self.written_schema(*id)) {
                Some(columns) => Value::Table(self.new_table(&columns, false)),
                None => Value::Table(self.new_table(&[], true)),
            },
            // What the others give lies in another system.
            _ => Value::Table(self.new_table(&[], true)),
        }
    }

    fn own_columns(&mut self, columns: &[(&str, Type)]) -> Vec<Column> {
        let mut made = Vec::with_capacity(columns.len());
        for (name, ty) in columns {
            let name = self.names.add(name);
            made.push(self.pool.column(name, *ty));
        }
        made
    }

    /// The columns again, as computed from a node.
    fn derived_columns(&mut self, columns: Vec<Column>, from: Id) -> Vec<Column> {
        let origin = self.origin_of(&[from]);
        columns.into_iter().map(|column| self.pool.derived(column.name, column.ty, origin)).collect()
    }

    fn like_row(&mut self, columns: &[Column]) -> Value {
        self.row_table(columns).value
    }

    fn before_row(&mut self, own: &[(&str, Type)], row: Vec<Column>) -> Value {
        let mut columns = self.own_columns(own);
        columns.extend(row);
        self.like_row(&columns)
    }

    fn beside_row(&mut self, given: &Given<'_>, from: &str, word: &str, ty: Type, row: Vec<Column>) -> Value {
        let argument = given.one(from).and_then(|(id, _)| self.result_name(id, Some(""))).unwrap_or_default();
        let name = self.names.add(&format!("{argument}_{word}"));
        let ids: Vec<Id> = given.one(from).map(|(id, _)| id).into_iter().collect();
        let origin = self.origin_of(&ids);
        let mut columns = row;
        columns.push(self.pool.derived(name, ty, origin));
        Value::Table(self.new_table(&columns, false))
    }

    fn pivot(&mut self, ids: &[Id], infos: &[Info], row: Vec<Column>) -> Value {
        let pivoted = infos.first().and_then(Info::as_column).map(|column| column.id);
        let aggregated = ids.get(1).and_then(|id| self.first_argument_column(*id)).map(|column| column.id);
        let mut columns: Vec<Column> = infos.iter().skip(2).filter_map(Info::as_column).collect();
        if columns.is_empty() {
            let used = |column: &Column| Some(column.id) == pivoted || Some(column.id) == aggregated;
            columns = row.into_iter().filter(|column| !used(column)).collect();
        }
        let table = self.new_table(&columns, true);
        for values in pivoted.into_iter().chain(aggregated) {
            self.pool.trace.opened(table, Opening::Values(values));
        }
        Value::Table(table)
    }

    fn first_argument_column(&self, id: Id) -> Option<Column> {
        match self.tree.node(id) {
            Node::Call { arguments, .. } => self.tree.item(arguments, 0).and_then(|id| self.result_column(id)),
            _ => None,
        }
    }

    fn new_activity(&mut self, given: &Given<'_>) -> Value {
        let mut columns = Vec::new();
        if let Some((id, info)) = given.one("TimelineColumn") {
            let timeline = self.result_name(id, Some("")).unwrap_or_default();
            let ty = self.type_or_unknown(info);
            let origin = self.origin_of(&[id]);
            for side in ["from", "to"] {
                let name = self.names.add(&format!("{side}_{timeline}"));
                columns.push(self.pool.derived(name, ty, origin));
            }
        }
        columns.extend(given.columns("Dimension"));
        columns.extend(self.own_columns(&[
            ("dcount_new_values", Type::Long),
            ("dcount_retained_values", Type::Long),
            ("dcount_churn_values", Type::Long),
            ("retention_rate", Type::Real),
            ("churn_rate", Type::Real),
        ]));
        Value::Table(self.new_table(&columns, false))
    }

    fn funnel(&mut self, plugin: &str, given: &Given<'_>) -> Value {
        let mut columns = given.columns("TimelineColumn");
        if let Some((id, info)) = given.one("StateColumn") {
            if plugin == "funnel_sequence" {
                let ty = self.type_or_unknown(info);
                let made = self.own_columns(&[("prev", ty), ("next", ty)]);
                columns.extend(self.derived_columns(made, id));
            } else {
                let state = self.result_name(id, Some("")).unwrap_or_default();
                let made = self.own_columns(&[(&state, Type::String)]);
                columns.extend(self.derived_columns(made, id));
            }
        }
        let own: &[(&str, Type)] = if plugin == "funnel_sequence" {
            &[("dcount", Type::Long), ("samples", Type::ARRAY)]
        } else {
            &[("Period", Type::TimeSpan), ("dcount", Type::Long)]
        };
        columns.extend(self.own_columns(own));
        Value::Table(self.new_table(&columns, false))
    }

    fn rolling_percentile(&mut self, given: &Given<'_>) -> Value {
        let mut columns = given.columns("IndexColumn");
        columns.extend(given.columns("Dimension"));
        let literal = |name: &str| given.one(name).map_or("0", |(id, _)| self.text_of(id));
        let value = given.one("ValueColumn").and_then(|(_, info)| info.as_column());
        let of = value.map_or("value", |column| self.names.text(column.name));
        let name = format!("rolling_{}_percentile_{of}_{}", literal("BinsPerWindow"), literal("Percentile"));
        let name = self.names.add(&name);
        let (ty, origin) = value.map_or((Type::Long, Origin::NONE), |column| (column.ty, column.into()));
        columns.push(self.pool.derived(name, ty, origin));
        Value::Table(self.new_table(&columns, false))
    }

    /// `sequence_detect(Time, window, span, a = condition, b = condition, dimension…)`.
    fn sequence(&mut self, ids: &[Id], infos: &[Info]) -> Value {
        let timeline = ids.first().and_then(|id| self.result_name(*id, Some(""))).unwrap_or_default();
        let ty = infos.first().map_or(Type::DateTime, |info| self.type_or_unknown(*info));
        let (mut columns, mut steps) = (Vec::new(), Vec::new());
        for (id, info) in ids.iter().zip(infos).skip(3) {
            if self.type_or_unknown(*info) == Type::Bool {
                let step = self.result_name(*id, Some("")).unwrap_or_default();
                let name = self.names.add(&format!("{step}_{timeline}"));
                let origin = self.origin_of(&[*id]);
                steps.push(self.pool.derived(name, ty, origin));
            } else {
                columns.extend(info.as_column());
            }
        }
        columns.extend(steps);
        columns.extend(self.own_columns(&[("Duration", Type::TimeSpan)]));
        Value::Table(self.new_table(&columns, false))
    }

    /// Whether an argument is the literal `true`, given by its place or by the name of its parameter.
    fn is_set(&self, given: &Given<'_>, parameter: &str) -> bool {
        let by_name = given.ids.iter().find_map(|id| match self.tree.node(*id) {
            Node::Named { name, value } if self.text_of(name) == parameter => Some(value),
            _ => None,
        });
        let argument = by_name.or_else(|| given.one(parameter).map(|(id, _)| id));
        argument.is_some_and(|id| self.text_of(id) == "true")
    }

    /// The rows that flow in and the columns that they are looked up in.
    fn looked_up(&mut self, given: &Given<'_>, row: Vec<Column>) -> Value {
        let Some(table) = given.one("LookupTable").and_then(|(_, info)| info.as_table()) else {
            let row = self.row_or_empty();
            return Value::Table(row);
        };
        let mut keys: Vec<Name> = given.columns("ExtraKey").into_iter().map(|column| column.name).collect();
        let returned = self.is_set(given, "return_lookup_key");
        for geo in ["LookupPolygonKey", "LookupLineKey"].into_iter().filter(|_| !returned) {
            keys.extend(given.columns(geo).into_iter().map(|column| column.name));
        }
        let mut columns = row;
        let looked_up = self.pool.columns(table).to_vec();
        columns.extend(looked_up.into_iter().filter(|column| !keys.contains(&column.name)));
        self.pool.make_unique(&mut columns, &mut self.names);
        Value::Table(self.new_table(&columns, false))
    }
}

//! `eventGridAdvancedFilters`: which of a storage account's events reach a connection of kind StorageAccountBlobContainer.
//!
//! Source: the published types of `Microsoft.EventGrid/eventSubscriptions`, `filter.advancedFilters`; that a
//! connector may say them is observed. Lists and ranges of numbers go under `unchecked`: blobs have few numbers.

use crate::model::service::{Field, Kind, ObjectSpec, Types, field};

const KEY: Field =
    field("key", Kind::Text, "What is looked at in the event: subject, or data.… as in data.api.").required();

const VALUES: Field = field("values", Kind::Texts, "Any of these; case makes no difference.").required();

/// The objects of some operators with the same fields.
macro_rules! filters {
    ($($name:ident $title:literal: $fields:expr;)*) => { $(
        static $name: ObjectSpec = ObjectSpec {
            title: $title,
            doc: "Which events of the storage account are passed on.",
            fields: $fields,
            demands: &[],
        };
    )* };
}

const OPERATOR: Field = field("operatorType", Kind::Text, "How it is compared.").required();

filters! {
    TEXT "filter for texts": &[OPERATOR, KEY, VALUES];
    NUMBER "filter for a number": &[
        OPERATOR,
        KEY,
        field("value", Kind::Int(i64::MIN, i64::MAX), "A whole number, such as a length in bytes.").required(),
    ];
    BOOLEAN "filter for a boolean": &[OPERATOR, KEY, field("value", Kind::Bool, "The one that passes.").required()];
    PRESENCE "filter for presence": &[OPERATOR, KEY];
    OTHER "filter of another operator": &[];
}

pub static TYPES: Types = Types {
    key: "operatorType",
    of: "operator of an Event Grid filter",
    prefix: "EventFilter",
    known: &[
        ("StringContains", &TEXT),
        ("StringNotContains", &TEXT),
        ("StringBeginsWith", &TEXT),
        ("StringNotBeginsWith", &TEXT),
        ("StringEndsWith", &TEXT),
        ("StringNotEndsWith", &TEXT),
        ("StringIn", &TEXT),
        ("StringNotIn", &TEXT),
        ("NumberLessThan", &NUMBER),
        ("NumberLessThanOrEquals", &NUMBER),
        ("NumberGreaterThan", &NUMBER),
        ("NumberGreaterThanOrEquals", &NUMBER),
        ("BoolEquals", &BOOLEAN),
        ("IsNullOrUndefined", &PRESENCE),
        ("IsNotNull", &PRESENCE),
    ],
    elsewhere: &[],
    other: &OTHER,
};

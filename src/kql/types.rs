//! The types of values, and which of them stands for which.
//!
//! A dynamic value's shape is followed as far as the reference library follows it, because it decides what is accepted.
//! Must not know tables: what has rows is the binder's.

/// The type of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Type {
    Bool,
    Int,
    Long,
    Real,
    Decimal,
    String,
    DateTime,
    TimeSpan,
    Guid,
    /// What `typeof(…)` gives.
    TypeLiteral,
    /// `null` inside a dynamic literal.
    Null,
    /// Not known: nothing is wrong with it.
    Unknown,
    Dynamic(Shape),
}

/// What is known of a dynamic value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shape {
    Any,
    Bag,
    /// A single value, e.g. an element of an array of strings.
    Value(Inner),
    Array(Inner),
}

/// What stands inside a dynamic value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Inner {
    Any,
    Bag,
    Array,
    Bool,
    Long,
    Real,
    DateTime,
    TimeSpan,
    Guid,
    String,
    Reals,
    Strings,
}

/// How far one type may stand for another; each allows what the ones before allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Conversion {
    None,
    Promotable,
    Dynamic,
    Compatible,
}

impl Type {
    pub const DYNAMIC: Type = Type::Dynamic(Shape::Any);
    pub const BAG: Type = Type::Dynamic(Shape::Bag);
    pub const ARRAY: Type = Type::Dynamic(Shape::Array(Inner::Any));

    /// The name as schemas have it.
    pub fn name(self) -> &'static str {
        match self {
            Type::Bool => "bool",
            Type::Int => "int",
            Type::Long => "long",
            Type::Real => "real",
            Type::Decimal => "decimal",
            Type::String => "string",
            Type::DateTime => "datetime",
            Type::TimeSpan => "timespan",
            Type::Guid => "guid",
            Type::TypeLiteral => "type",
            Type::Null => "null",
            Type::Unknown => "unknown",
            Type::Dynamic(_) => "dynamic",
        }
    }

    /// The type that a schema's word means, in the spellings of tables, streams and KQL.
    pub fn parse(word: &str) -> Option<Type> {
        Some(match word.to_ascii_lowercase().as_str() {
            "bool" | "boolean" => Type::Bool,
            "int" | "int32" => Type::Int,
            "long" | "int64" | "bigint" => Type::Long,
            "real" | "double" => Type::Real,
            "decimal" => Type::Decimal,
            "string" => Type::String,
            "datetime" | "date" => Type::DateTime,
            "timespan" | "time" => Type::TimeSpan,
            "guid" | "uuid" | "uniqueid" => Type::Guid,
            "dynamic" | "object" => Type::DYNAMIC,
            "" | "unknown" => Type::Unknown,
            _ => return None,
        })
    }

    /// A type as the data file of signatures has it.
    pub fn in_signature(word: &str) -> Option<Type> {
        Some(match word {
            "bag" => Type::BAG,
            "type" => Type::TypeLiteral,
            "array<array<dynamic>>" => Type::Dynamic(Shape::Array(Inner::Array)),
            "array<array<real>>" => Type::Dynamic(Shape::Array(Inner::Reals)),
            "array<array<string>>" => Type::Dynamic(Shape::Array(Inner::Strings)),
            _ => match word.strip_prefix("array<").and_then(|rest| rest.strip_suffix('>')) {
                Some(element) => Type::parse(element)?.array(),
                None => Type::parse(word)?,
            },
        })
    }

    pub fn is_dynamic(self) -> bool {
        matches!(self, Type::Dynamic(_))
    }

    pub fn is_integer(self) -> bool {
        matches!(self, Type::Int | Type::Long | Type::Unknown)
    }

    pub fn is_numeric(self) -> bool {
        matches!(self, Type::Int | Type::Long | Type::Real | Type::Decimal | Type::Unknown)
    }

    pub fn is_summable(self) -> bool {
        self.is_numeric() || matches!(self, Type::DateTime | Type::TimeSpan)
    }

    pub fn is_orderable(self) -> bool {
        self.is_summable() || matches!(self, Type::Bool | Type::String)
    }

    pub fn is_array(self) -> bool {
        matches!(self, Type::Dynamic(Shape::Any | Shape::Array(_)))
    }

    pub fn is_bag(self) -> bool {
        matches!(self, Type::Dynamic(Shape::Any | Shape::Bag))
    }

    /// A dynamic value that is known to hold several.
    pub fn is_collection(self) -> bool {
        matches!(self, Type::Dynamic(Shape::Bag | Shape::Array(_)))
    }

    /// A dynamic value with members.
    pub fn has_members(self) -> bool {
        matches!(self, Type::Dynamic(Shape::Any | Shape::Bag | Shape::Array(_)))
    }

    /// May be an index into an array.
    pub fn is_index(self) -> bool {
        self.is_integer() || matches!(self, Type::Dynamic(Shape::Any | Shape::Value(Inner::Long)))
    }

    /// May be the name of a member.
    pub fn is_key(self) -> bool {
        self == Type::String || self.is_dynamic()
    }

    pub fn long_for_int(self) -> Type {
        if self == Type::Int { Type::Long } else { self }
    }

    /// The value as it is inside a dynamic one.
    pub fn in_dynamic(self) -> Type {
        match self {
            Type::Dynamic(_) => self,
            _ => match self.inner() {
                Inner::Any => Type::DYNAMIC,
                inner => Type::Dynamic(Shape::Value(inner)),
            },
        }
    }

    fn inner(self) -> Inner {
        match self {
            Type::Bool => Inner::Bool,
            Type::Int | Type::Long => Inner::Long,
            Type::Real => Inner::Real,
            Type::DateTime => Inner::DateTime,
            Type::TimeSpan => Inner::TimeSpan,
            Type::Guid => Inner::Guid,
            Type::String => Inner::String,
            Type::Dynamic(Shape::Bag) => Inner::Bag,
            Type::Dynamic(Shape::Value(inner)) => inner,
            Type::Dynamic(Shape::Array(Inner::Real)) => Inner::Reals,
            Type::Dynamic(Shape::Array(Inner::String)) => Inner::Strings,
            Type::Dynamic(Shape::Array(_)) => Inner::Array,
            _ => Inner::Any,
        }
    }

    /// An array of such values.
    pub fn array(self) -> Type {
        Type::Dynamic(Shape::Array(self.inner()))
    }

    /// What an element of this array is; `None` for what is no array.
    pub fn element(self) -> Option<Type> {
        match self {
            Type::Dynamic(Shape::Any) => Some(Type::DYNAMIC),
            Type::Dynamic(Shape::Array(inner)) => Some(match inner {
                Inner::Any => Type::DYNAMIC,
                Inner::Bag => Type::BAG,
                Inner::Array => Type::ARRAY,
                Inner::Reals => Type::Real.array(),
                Inner::Strings => Type::String.array(),
                single => Type::Dynamic(Shape::Value(single)),
            }),
            _ => None,
        }
    }

    /// The type inside a single dynamic value.
    pub fn unwrapped(self) -> Type {
        match self {
            Type::Dynamic(Shape::Value(inner)) => match inner {
                Inner::Bool => Type::Bool,
                Inner::Long => Type::Long,
                Inner::Real => Type::Real,
                Inner::DateTime => Type::DateTime,
                Inner::TimeSpan => Type::TimeSpan,
                Inner::Guid => Type::Guid,
                Inner::String => Type::String,
                _ => self,
            },
            _ => self,
        }
    }

    fn is_wider_than(self, other: Type) -> bool {
        match self {
            Type::Long => other == Type::Int,
            Type::Real => matches!(other, Type::Int | Type::Long),
            Type::Decimal => matches!(other, Type::Int | Type::Long | Type::Real),
            Type::String => other == Type::DYNAMIC,
            _ => false,
        }
    }

    pub fn promotes_to(self, target: Type) -> bool {
        let shaped = matches!(self, Type::Dynamic(Shape::Bag | Shape::Array(_)));
        target.is_wider_than(self) || (shaped && target == Type::DYNAMIC)
    }

    /// Whether a value of this type may stand where `target` is meant.
    pub fn stands_for(self, target: Type, allowed: Conversion) -> bool {
        if self == target || self == Type::Unknown || target == Type::Unknown {
            return true;
        }
        match (target, self) {
            (Type::Dynamic(Shape::Any), Type::Dynamic(_)) => true,
            (Type::Dynamic(Shape::Any), _) => allowed >= Conversion::Dynamic,
            (Type::Dynamic(Shape::Array(Inner::Any)), Type::Dynamic(Shape::Array(_))) => allowed != Conversion::None,
            (Type::Dynamic(Shape::Value(_)), Type::Dynamic(Shape::Value(_))) => {
                self.unwrapped().stands_for(target.unwrapped(), allowed)
            }
            (Type::Dynamic(_), _) => false,
            _ => match allowed {
                Conversion::Promotable => self.promotes_to(target),
                Conversion::Compatible => self.promotes_to(target) || target.promotes_to(self),
                Conversion::None | Conversion::Dynamic => false,
            },
        }
    }
}

/// The type that both may stand for, if there is one. `None` stands for nothing yet.
pub fn common(a: Option<Type>, b: Type, allowed: Conversion) -> Option<Type> {
    let Some(a) = a else { return Some(b) };
    if a == b || b == Type::Null {
        return Some(a);
    }
    if a == Type::Null {
        return Some(b);
    }
    if a == Type::Unknown || b == Type::Unknown {
        return Some(Type::Unknown);
    }
    if a == Type::DYNAMIC || b == Type::DYNAMIC {
        return Some(Type::DYNAMIC);
    }
    if allowed >= Conversion::Promotable {
        if a.promotes_to(b) {
            return Some(b);
        }
        if b.promotes_to(a) {
            return Some(a);
        }
    }
    if !a.is_dynamic() && !b.is_dynamic() {
        return (allowed >= Conversion::Dynamic).then_some(Type::DYNAMIC);
    }
    match (a, b) {
        (Type::Dynamic(Shape::Array(_)), Type::Dynamic(Shape::Array(_))) => Some(Type::ARRAY),
        (Type::Dynamic(Shape::Bag), Type::Dynamic(Shape::Bag)) => Some(Type::BAG),
        (Type::Dynamic(Shape::Value(_)), Type::Dynamic(Shape::Value(_))) => {
            let inside = common(Some(a.unwrapped()), b.unwrapped(), allowed);
            Some(inside.map_or(Type::DYNAMIC, Type::in_dynamic))
        }
        (Type::Dynamic(Shape::Value(_)), single) | (single, Type::Dynamic(Shape::Value(_))) if !single.is_dynamic() => {
            let unwrapped = if a.is_dynamic() { a.unwrapped() } else { b.unwrapped() };
            let inside = common(Some(unwrapped), single, allowed);
            inside.map(Type::in_dynamic).or_else(|| (allowed >= Conversion::Dynamic).then_some(Type::DYNAMIC))
        }
        (Type::Dynamic(_), Type::Dynamic(_)) => Some(Type::DYNAMIC),
        _ => (allowed >= Conversion::Dynamic).then_some(Type::DYNAMIC),
    }
}

/// The type that all may stand for.
pub fn common_of(types: impl IntoIterator<Item = Type>, allowed: Conversion) -> Option<Type> {
    let mut found = None;
    for ty in types {
        found = Some(common(found, ty, allowed)?);
    }
    found
}

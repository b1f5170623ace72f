//! The table of all template functions.

use super::super::budget::Budget;
use super::super::fault::Fault;
use super::super::value::Value;
use super::{cidr, collections, date, encoding, format, hash, logic, objects, strings, text, uri};

/// What a function does with its arguments.
pub type Pure = fn(&[Value], &mut Budget) -> Result<Value, Fault>;

/// A template function.
#[derive(Debug)]
pub struct Function {
    /// As the reference writes it.
    pub name: &'static str,
    /// How many arguments it needs at least.
    pub least: usize,
    /// How many it takes at most; `None`: any number.
    pub most: Option<usize>,
    pub kind: Kind,
}

/// What is needed to evaluate a call.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// The arguments alone, and what they say: of a value that only a deployment knows, the result is one, too.
    Reads(Pure),
    /// The arguments alone, which it hands on or compares without looking into what only a deployment knows.
    Carries(Pure),
    /// The template, the scope or the unevaluated arguments.
    Special(SpecialForm),
}

/// The functions that need more than their arguments' values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpecialForm {
    And,
    Coalesce,
    CopyIndex,
    Deployment,
    Environment,
    ExtensionResourceId,
    Filter,
    GroupBy,
    If,
    Lambda,
    LambdaVariables,
    ManagementGroup,
    ManagementGroupResourceId,
    Map,
    MapValues,
    NewGuid,
    Or,
    Parameters,
    Reduce,
    ResourceGroup,
    ResourceId,
    /// What only a deployment can tell: `reference`, `list*`, `pickZones`, …
    Runtime,
    Sort,
    Subscription,
    SubscriptionResourceId,
    Tenant,
    TenantResourceId,
    ToObject,
    UtcNow,
    Variables,
}

const fn reads(name: &'static str, least: usize, most: usize, run: Pure) -> Function {
    Function { name, least, most: Some(most), kind: Kind::Reads(run) }
}

const fn carries(name: &'static str, least: usize, most: usize, run: Pure) -> Function {
    Function { name, least, most: Some(most), kind: Kind::Carries(run) }
}

const fn special(name: &'static str, least: usize, most: usize, form: SpecialForm) -> Function {
    Function { name, least, most: Some(most), kind: Kind::Special(form) }
}

impl Function {
    const fn or_more(self) -> Function {
        Function { most: None, ..self }
    }

    /// # Errors
    /// If the function does not take so many arguments.
    pub fn takes(&self, count: usize) -> Result<(), Fault> {
        if count >= self.least && self.most.is_none_or(|most| count <= most) {
            return Ok(());
        }
        let wanted = match (self.least, self.most) {
            (0, Some(0)) => "no argument".to_owned(),
            (1, Some(1)) => "one argument".to_owned(),
            (least, Some(most)) if least == most => format!("{least} arguments"),
            (least, Some(most)) => format!("{least} to {most} arguments"),
            (1, None) => "one argument or more".to_owned(),
            (least, None) => format!("{least} arguments or more"),
        };
        Err(Fault::argument(format!("`{}` takes {wanted}, not {count}", self.name)))
    }

    /// Evaluates a call of a function that needs nothing but its arguments; `None` for any other.
    ///
    /// # Errors
    /// If there are too few or too many arguments, one is of a type or value that the function does not take, or what the
    /// platform would answer is not known.
    pub fn call(&self, arguments: &[Value], budget: &mut Budget) -> Option<Result<Value, Fault>> {
        let (run, opaque) = match self.kind {
            Kind::Reads(run) => (run, arguments.iter().any(|argument| matches!(argument, Value::Opaque(_)))),
            Kind::Carries(run) => (run, false),
            Kind::Special(_) => return None,
        };
        Some(self.takes(arguments.len()).and_then(|()| {
            if opaque { text::opaque_call(self.name, arguments, budget) } else { run(arguments, budget) }
        }))
    }
}

/// The function of this name, whatever the case. Every `list…` is one: which there are is the resource types' affair.
pub fn lookup(name: &str) -> Option<&'static Function> {
    let by_name = |function: &Function| {
        let lower = |text: &'static str| text.bytes().map(|byte| byte.to_ascii_lowercase());
        lower(function.name).cmp(name.bytes().map(|byte| byte.to_ascii_lowercase()))
    };
    if let Ok(at) = TABLE.binary_search_by(by_name) {
        return TABLE.get(at);
    }
    let list = name.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("list"));
    list.then_some(&LIST)
}

/// Every function but the family of `list…`, which has one entry, `list*`, in the order of the names.
pub fn all() -> impl Iterator<Item = &'static Function> {
    TABLE.iter().chain([&LIST])
}

static LIST: Function = special("list*", 1, 3, SpecialForm::Runtime);

/// In the order of the names, without case.
static TABLE: [Function; 115] = [
    reads("add", 2, 2, logic::add),
    special("and", 2, 2, SpecialForm::And).or_more(),
    carries("array", 1, 1, collections::array),
    reads("base64", 1, 1, encoding::base64),
    reads("base64ToJson", 1, 1, encoding::base64_to_json),
    reads("base64ToString", 1, 1, encoding::base64_to_string),
    reads("bool", 1, 1, logic::bool),
    reads("buildUri", 1, 1, uri::build_uri),
    reads("cidrHost", 2, 2, cidr::host),
    reads("cidrSubnet", 3, 3, cidr::subnet),
    special("coalesce", 1, 1, SpecialForm::Coalesce).or_more(),
    carries("concat", 1, 1, text::concat).or_more(),
    reads("contains", 2, 2, collections::contains),
    special("copyIndex", 0, 2, SpecialForm::CopyIndex),
    carries("createArray", 0, 0, collections::create_array).or_more(),
    carries("createObject", 0, 0, objects::create_object).or_more(),
    reads("dataUri", 1, 1, encoding::data_uri),
    reads("dataUriToString", 1, 1, encoding::data_uri_to_string),
    reads("dateTimeAdd", 2, 3, date::add),
    reads("dateTimeFromEpoch", 1, 1, date::from_epoch),
    reads("dateTimeToEpoch", 1, 1, date::to_epoch),
    special("deployer", 0, 0, SpecialForm::Runtime),
    special("deployment", 0, 0, SpecialForm::Deployment),
    reads("distinct", 1, 1, collections::distinct),
    reads("div", 2, 2, logic::div),
    reads("empty", 1, 1, collections::empty),
    reads("endsWith", 2, 2, strings::ends_with),
    special("environment", 0, 0, SpecialForm::Environment),
    carries("equals", 2, 2, logic::equals),
    special("extensionResourceId", 3, 3, SpecialForm::ExtensionResourceId).or_more(),
    special("externalInput", 1, 2, SpecialForm::Runtime),
    reads("fail", 1, 1, logic::fail),
    carries("false", 0, 0, logic::r#false),
    special("filter", 2, 2, SpecialForm::Filter),
    reads("first", 1, 1, collections::first),
    reads("flatten", 1, 1, collections::flatten),
    reads("float", 1, 1, logic::float),
    carries("format", 1, 1, format::format).or_more(),
    reads("greater", 2, 2, logic::greater),
    reads("greaterOrEquals", 2, 2, logic::greater_or_equals),
    special("groupBy", 2, 3, SpecialForm::GroupBy),
    reads("guid", 1, 1, hash::guid).or_more(),
    special("if", 3, 3, SpecialForm::If),
    reads("indexFromEnd", 2, 2, collections::index_from_end),
    reads("indexOf", 2, 2, collections::index_of),
    reads("int", 1, 1, logic::int),
    reads("intersection", 2, 2, collections::intersection).or_more(),
    reads("items", 1, 1, objects::items),
    reads("join", 2, 2, strings::join),
    reads("json", 1, 1, encoding::json),
    special("lambda", 1, 1, SpecialForm::Lambda).or_more(),
    special("lambdaVariables", 1, 1, SpecialForm::LambdaVariables),
    reads("last", 1, 1, collections::last),
    reads("lastIndexOf", 2, 2, collections::last_index_of),
    reads("length", 1, 1, collections::length),
    reads("less", 2, 2, logic::less),
    reads("lessOrEquals", 2, 2, logic::less_or_equals),
    reads("like", 2, 2, strings::like),
    special("managementGroup", 0, 0, SpecialForm::ManagementGroup),
    special("managementGroupResourceId", 2, 2, SpecialForm::ManagementGroupResourceId).or_more(),
    special("map", 2, 2, SpecialForm::Map),
    special("mapValues", 2, 2, SpecialForm::MapValues),
    reads("max", 1, 1, logic::max).or_more(),
    reads("min", 1, 1, logic::min).or_more(),
    reads("mod", 2, 2, logic::r#mod),
    reads("mul", 2, 2, logic::mul),
    special("newGuid", 0, 0, SpecialForm::NewGuid),
    reads("not", 1, 1, logic::not),
    carries("null", 0, 0, logic::null),
    reads("objectKeys", 1, 1, objects::object_keys),
    special("or", 2, 2, SpecialForm::Or).or_more(),
    reads("padLeft", 2, 3, strings::pad_left),
    special("parameters", 1, 1, SpecialForm::Parameters),
    reads("parseCidr", 1, 1, cidr::parse),
    reads("parseUri", 1, 1, uri::parse_uri),
    special("pickZones", 3, 5, SpecialForm::Runtime),
    special("providers", 1, 2, SpecialForm::Runtime),
    reads("range", 2, 2, collections::range),
    special("reduce", 3, 3, SpecialForm::Reduce),
    special("reference", 1, 3, SpecialForm::Runtime),
    special("references", 1, 2, SpecialForm::Runtime),
    reads("replace", 3, 3, strings::replace),
    special("resourceGroup", 0, 0, SpecialForm::ResourceGroup),
    special("resourceId", 2, 2, SpecialForm::ResourceId).or_more(),
    reads("shallowMerge", 1, 1, objects::shallow_merge),
    reads("skip", 2, 2, collections::skip),
    special("sort", 2, 2, SpecialForm::Sort),
    reads("split", 2, 2, strings::split),
    reads("startsWith", 2, 2, strings::starts_with),
    carries("string", 1, 1, text::string),
    reads("sub", 2, 2, logic::sub),
    special("subscription", 0, 0, SpecialForm::Subscription),
    special("subscriptionResourceId", 2, 2, SpecialForm::SubscriptionResourceId).or_more(),
    reads("substring", 2, 3, strings::substring),
    reads("take", 2, 2, collections::take),
    special("tenant", 0, 0, SpecialForm::Tenant),
    special("tenantResourceId", 2, 2, SpecialForm::TenantResourceId).or_more(),
    special("toLogicalZone", 3, 3, SpecialForm::Runtime),
    special("toLogicalZones", 3, 3, SpecialForm::Runtime),
    reads("toLower", 1, 1, strings::to_lower),
    special("toObject", 2, 3, SpecialForm::ToObject),
    special("toPhysicalZone", 3, 3, SpecialForm::Runtime),
    special("toPhysicalZones", 3, 3, SpecialForm::Runtime),
    reads("toUpper", 1, 1, strings::to_upper),
    reads("trim", 1, 1, strings::trim),
    carries("true", 0, 0, logic::r#true),
    reads("tryGet", 2, 2, objects::try_get).or_more(),
    reads("tryIndexFromEnd", 2, 2, objects::try_index_from_end).or_more(),
    reads("union", 2, 2, objects::union).or_more(),
    reads("uniqueString", 1, 1, hash::unique_string).or_more(),
    reads("uri", 2, 2, uri::uri),
    reads("uriComponent", 1, 1, uri::uri_component),
    reads("uriComponentToString", 1, 1, uri::uri_component_to_string),
    special("utcNow", 0, 1, SpecialForm::UtcNow),
    special("variables", 1, 1, SpecialForm::Variables),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_in_which_it_is_searched() {
        let names: Vec<_> = TABLE.iter().map(|function| function.name.to_ascii_lowercase()).collect();
        assert!(names.is_sorted(), "{names:?}");
    }

    #[test]
    fn names_are_found_whatever_their_case() {
        assert_eq!(lookup("UNIQUESTRING").map(|function| function.name), Some("uniqueString"));
        assert_eq!(lookup("listKeys").map(|function| function.name), Some("list*"));
        assert_eq!(lookup("lists").map(|function| function.name), Some("list*"));
        assert!(lookup("lis").is_none() && lookup("").is_none() && lookup("conca").is_none());
    }
}

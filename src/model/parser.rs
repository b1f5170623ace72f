//! Parsers: functions of the workspace, with the keys of the Azure-Sentinel repository, and in the two other forms that its
//! packaging tool takes from a file: a query alone, and a saved search as JSON.

use super::decode::{Decode, Decoder, decode_struct, first_place};
use super::schema::Schemas;
use super::{Loose, Prose, Raw};
use crate::diag::Diagnostic;
use crate::diag::rules::content as rules;
use crate::source::Spanned;
use crate::syntax::Node;
use serde_json::{Value as Json, json};

type Text = Spanned<String>;

/// Extensions of a file that is a query alone.
const TEXTS: [&str; 2] = ["txt", "kql"];

/// A function of the workspace, in one of the forms that the repository has.
#[derive(Debug, Clone)]
pub enum Parser {
    Function(Box<FunctionParser>),
    Asim(Box<AsimParser>),
    Text(TextParser),
    Saved(Box<SavedSearch>),
}

/// A file that is the function's query and nothing else.
#[derive(Debug, Clone)]
pub struct TextParser {
    /// The file's path, relative to the spec's folder.
    pub file: Text,
    /// The file's name up to its first dot.
    pub name: Text,
}

decode_struct! {
    /// A function as the saved search that it becomes, in the form of Azure Resource Manager.
    pub struct SavedSearch {
        /// Microsoft.OperationalInsights/workspaces/savedSearches.
        "type" ty: Option<Text>,
        /// Without effect: the resource is called like the function.
        "name" resource_name: Option<Raw>,
        /// Without effect here.
        "apiVersion" api_version: Option<Raw>,
        /// Without effect here.
        "location" location: Option<Raw>,
        /// The function.
        "properties" properties: SavedFunction,
    }
}

decode_struct! {
    /// What a saved search says of its function.
    pub struct SavedFunction {
        /// What queries call: letters, digits and underscores.
        "functionAlias" name: Text,
        /// Shown name.
        "displayName" title: Text,
        /// Where the portal lists it.
        "category" category: Text,
        /// KQL.
        "query" query: Prose,
        /// Empty: a function with parameters is written as YAML.
        "functionParameters" parameters: Option<Text>,
        /// Without effect here.
        "version" version: Option<Raw>,
        /// Without effect here.
        "eTag" etag: Option<Raw>,
        /// Without effect here.
        "etag" etag_in_lower_case: Option<Raw>,
        /// Without effect here: the shown name is the description.
        "tags" tags: Option<Raw>,
    }
}

decode_struct! {
    /// A parser with the keys of a solution's parser YAML.
    pub struct FunctionParser {
        /// A GUID.
        "id" id: Option<Loose>,
        /// Title, version and date.
        "Function" function: ParserAbout,
        /// Microsoft Sentinel Parser (default).
        "Category" category: Option<Text>,
        /// What queries call: letters, digits and underscores.
        "FunctionName" name: Text,
        /// The same name; another one has no effect.
        "FunctionAlias" alias: Option<Text>,
        /// In the order of a call.
        "FunctionParams" parameters: Vec<ParserParameter>,
        /// KQL.
        "FunctionQuery" query: Prose,
        /// What the rows are.
        "Description" description: Option<Prose>,
        /// The resource's name, where an older version of the package used another one than the function's; an update would
        /// leave a second function behind.
        "savedSearchName" saved_search_name: Option<Text>,
    }
}

decode_struct! {
    /// A parser with the keys of the ASIM parsers' YAML.
    pub struct AsimParser {
        /// A GUID.
        "Id" id: Option<Loose>,
        /// Title, version and date.
        "Parser" parser: ParserAbout,
        /// What it reads.
        "Product" product: Option<Raw>,
        /// The ASIM schema that its rows have.
        "Normalization" normalization: Normalization,
        /// Kept by the repository's files, without effect here.
        "References" references: Option<Raw>,
        /// Kept by the repository's files, without effect here.
        "Parsers" parsers: Option<Raw>,
        /// ASim<Schema>… without, vim<Schema>… with filtering parameters.
        "ParserName" name: Text,
        /// The workspace's own parser that does the same, _ASim_<Schema>_… or _Im_<Schema>_….
        "EquivalentBuiltInParser" built_in: Option<Text>,
        /// In the order of a call.
        "ParserParams" parameters: Vec<ParserParameter>,
        /// KQL.
        "ParserQuery" query: Prose,
        /// What the rows are.
        "Description" description: Option<Prose>,
    }
}

decode_struct! {
    /// A parser's title, version and date.
    pub struct ParserAbout {
        /// Shown name.
        "Title" title: Text,
        /// x.y.z; default: 1.0.0.
        "Version" version: Option<Loose>,
        /// When it was changed last.
        "LastUpdated" last_updated: Option<Loose>,
    }
}

decode_struct! {
    /// The ASIM schema of a parser.
    pub struct Normalization {
        /// Dns, NetworkSession, Authentication, …
        "Schema" schema: Text,
        /// Of the schema.
        "Version" version: Loose,
    }
}

decode_struct! {
    /// A parameter of a function.
    pub struct ParserParameter {
        /// Letters, digits and underscores.
        "Name" name: Text,
        /// A KQL type, or table:(column:type, …).
        "Type" ty: Text,
        /// A string without quotes; KQL for other types. Without one a call must give a value.
        "Default" default: Option<Loose>,
        /// What it means.
        "Description" description: Option<Text>,
    }
}

impl Decode for Parser {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        if ["Parser", "ParserName", "ParserQuery", "Normalization"].iter().any(|key| node.get(key).is_some()) {
            return AsimParser::decode(node, decoder).map(|parser| Parser::Asim(Box::new(parser)));
        }
        FunctionParser::decode(node, decoder).map(|parser| Parser::Function(Box::new(parser)))
    }

    fn decode_file(file: &Text, decoder: &mut Decoder<'_>) -> Option<Self> {
        let name = file.value.rsplit('/').next().unwrap_or_default();
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
        if TEXTS.contains(&extension.as_str()) {
            let name = name.split('.').next().unwrap_or_default();
            let name = Spanned::new(name.to_owned(), file.span);
            return decoder.claim(file).then(|| Parser::Text(TextParser { file: file.clone(), name }));
        }
        let root = decoder.file(file)?;
        if extension == "json" {
            return SavedSearch::of_file(&root, decoder).map(|parser| Parser::Saved(Box::new(parser)));
        }
        if root.as_scalar().is_some() {
            let message = format!("`{name}` holds a text, and no keys of a function");
            let help = "name the file .kql if it is a query, or write `FunctionName:`, `FunctionQuery:` and so on";
            decoder.push(Diagnostic::new(&rules::PARSER_FILE, first_place(&root), message).help(help));
            return None;
        }
        if decoder.is_of_another_kind(&root) {
            return None;
        }
        Self::decode(&root, decoder)
    }

    fn schema(schemas: &mut Schemas) -> Json {
        let function = FunctionParser::schema(schemas);
        let asim = AsimParser::schema(schemas);
        json!({ "anyOf": [function, asim] })
    }
}

impl SavedSearch {
    /// The packaging tool takes an object with `properties.functionAlias`, and leaves any other JSON out without a word.
    fn of_file(root: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        let mut refuse = |message: String| {
            let help =
                "write one saved search: `type`, and `properties` with functionAlias, displayName, category and query";
            decoder.push(Diagnostic::new(&rules::PARSER_FILE, first_place(root), message).help(help));
            None
        };
        if root.get("resources").is_some() {
            return refuse("this is a template, and no saved search by itself".to_owned());
        }
        let is_function =
            |properties: &Node| ["functionAlias", "query"].iter().any(|key| properties.get(key).is_some());
        if !root.get("properties").is_some_and(|entry| is_function(&entry.value)) {
            return refuse("this JSON is no saved search with a function".to_owned());
        }
        let parser = Self::decode(root, decoder)?;
        match &parser.ty {
            Some(ty) if !ty.value.to_ascii_lowercase().ends_with("/savedsearches") => {
                let message = format!("`{}` is no saved search", ty.value);
                let help = "write Microsoft.OperationalInsights/workspaces/savedSearches";
                decoder.push(Diagnostic::new(&rules::PARSER_FILE, ty.span, message).help(help));
                None
            }
            _ => Some(parser),
        }
    }
}

impl Parser {
    /// What queries call it.
    pub fn name(&self) -> &Text {
        match self {
            Parser::Function(parser) => &parser.name,
            Parser::Asim(parser) => &parser.name,
            Parser::Text(parser) => &parser.name,
            Parser::Saved(parser) => &parser.properties.name,
        }
    }
}

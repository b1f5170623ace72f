//! What a query may refer to, as JSON: the referee's notation of tables and functions.

use crate::kql::{Dialect, FunctionDefinition, Globals, Type};
use serde_json::{Map, Value};

/// One line of `kql --batch`.
pub struct Request {
    /// Given back as it came.
    pub id: Value,
    pub query: String,
    pub globals: Globals,
    pub dialect: Dialect,
}

/// Reads a line; the error says what is wrong with it.
pub fn read(line: &str) -> Result<Request, String> {
    let value: Value = serde_json::from_str(line).map_err(|error| format!("not JSON: {error}"))?;
    let request = value.as_object().ok_or("not a JSON object")?;
    let query = request.get("query").and_then(Value::as_str).ok_or("`query` is missing or no text")?;
    let dialect = match request.get("dialect").and_then(Value::as_str) {
        None | Some("query") => Dialect::Analytics,
        Some("transform") => Dialect::Transform,
        Some(other) => return Err(format!("the dialect `{other}` is neither `query` nor `transform`")),
    };
    let mut globals = Globals::default();
    declare(&mut globals, request)?;
    if dialect == Dialect::Analytics {
        globals.add_workspace_functions();
    }
    let id = request.get("id").cloned().unwrap_or(Value::Null);
    Ok(Request { id, query: query.to_owned(), globals, dialect })
}

/// Adds the `tables` and `functions` of an object.
pub fn declare(globals: &mut Globals, object: &Map<String, Value>) -> Result<(), String> {
    for table in list(object, "tables")? {
        let (name, columns, open) = (name(table)?, columns(table)?, flag(table, "open"));
        globals.add_table(name, columns.iter().map(|(name, ty)| (name.as_str(), *ty)), open);
    }
    for function in list(object, "functions")? {
        let name = name(function)?;
        let columns = columns(function)?;
        let text = |key: &str| function.get(key).and_then(Value::as_str).map(str::to_owned);
        let open = function.get("open").and_then(Value::as_bool).unwrap_or(!function.contains_key("columns"));
        let result = globals.definition(columns.iter().map(|(name, ty)| (name.as_str(), *ty)), open);
        let definition =
            FunctionDefinition { parameters: text("parameters").unwrap_or_default(), body: text("body"), result };
        globals.add_function(name, definition);
    }
    Ok(())
}

fn list<'v>(object: &'v Map<String, Value>, key: &str) -> Result<Vec<&'v Map<String, Value>>, String> {
    let items = match object.get(key) {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::Array(items)) => items,
        Some(_) => return Err(format!("`{key}` is not a list")),
    };
    items.iter().map(|item| item.as_object().ok_or(format!("an item of `{key}` is not an object"))).collect()
}

fn name(item: &Map<String, Value>) -> Result<&str, String> {
    item.get("name").and_then(Value::as_str).ok_or("a table, function or column has no `name`".to_owned())
}

fn flag(item: &Map<String, Value>, key: &str) -> bool {
    item.get(key).and_then(Value::as_bool).unwrap_or(false)
}

fn columns(item: &Map<String, Value>) -> Result<Vec<(String, Type)>, String> {
    let one = |column: &Map<String, Value>| {
        let word = column.get("type").and_then(Value::as_str).unwrap_or_default();
        let ty = Type::parse(word).ok_or(format!("unknown column type: {word}"))?;
        Ok((name(column)?.to_owned(), ty))
    };
    list(item, "columns")?.into_iter().map(one).collect()
}

//! `workbooks:`: the JSON file, its entry in the repository's list, and what its queries read.
//!
//! [`check`] what the file must be · [`queries`] its KQL · [`parameters`] values for the workbook's parameters ·
//! [`serialized`] what the service keeps.

mod check;
mod parameters;
mod queries;
mod serialized;

use super::body;
use super::content::Surroundings;
use super::context::Context;
use super::json::JsonFile;
use super::queries::Reads;
use super::{content, ids};
use crate::diag::rules::workbook as rules;
use crate::ir::{AnyConnector, Object, Text, Value, Workbook};
use crate::model::{self, Raw};
use crate::source::{Origin, Spanned};

pub fn resolve_all(given: &[model::Workbook], around: &Surroundings<'_>, context: &mut Context<'_>) -> Vec<Workbook> {
    context.unique("workbooks", "workbooks", given.iter().map(|workbook| &workbook.key));
    let names: Vec<Text> = given.iter().map(|workbook| workbook.file.clone().map(|path| file_name(&path))).collect();
    context.unique("files", "workbooks", &names);
    let mut resolved = Vec::new();
    for (i, (workbook, name)) in given.iter().zip(&names).enumerate() {
        resolved.extend(one(workbook, name, around, &format!("workbooks[{i}]"), context));
    }
    resolved
}

fn file_name(path: &str) -> String {
    path.rsplit('/').next().unwrap_or_default().to_owned()
}

fn one(
    given: &model::Workbook,
    file_name: &Text,
    around: &Surroundings<'_>,
    path: &str,
    context: &mut Context<'_>,
) -> Option<Workbook> {
    let description = context.text(&given.description, &format!("{path}.description"));
    check_texts(given, file_name, path, context);
    let previews = previews(given, path, context);
    let file = JsonFile::read(&given.file, path, context)?;
    if !check::file(&file, &given.file, path, context) {
        return None;
    }
    let found = queries::check(&file, around.globals, path, context);
    let description = description?;
    let (data_types, connectors) = dependencies(given, &found.reads, around);
    let workbook = Workbook {
        symbol: context.symbol("workbook", &given.key.value),
        file_base: file_name.value.strip_suffix(".json").unwrap_or(&file_name.value).to_owned(),
        source: Spanned::new(file.source.to_string(), file.span(&file.tree)),
        resource_name: ids::parse_guid(&given.key.value)
            .unwrap_or_else(|| ids::guid(around.offer(), "workbook", &given.key.value)),
        key: given.key.clone(),
        title: given.title.clone(),
        version: content::version(given.version.as_ref(), given.key.span),
        serialized: Spanned::new(serialized::of(&file), given.file.span),
        entry: entry(given, &description, file_name, (&data_types, &connectors), around),
        description,
        data_types,
        connectors,
        preview_images: given.preview_images.clone(),
        preview_images_dark: given.preview_images_dark.clone(),
        previews,
        uses_logo: given.logo_file_name.is_none() && around.info.is_some_and(|info| info.logo.is_some()),
        queries: found.queries,
    };
    Some(workbook)
}

fn check_texts(given: &model::Workbook, file_name: &Text, path: &str, context: &mut Context<'_>) {
    let key = &given.key;
    let shaped = key.value.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
    if !shaped || key.value.is_empty() {
        let message = match key.value.as_str() {
            "" => "the key of the workbook is empty".to_owned(),
            key => format!("`{key}` cannot be the key of a workbook"),
        };
        let help = "write letters and digits, as in ContosoOverviewWorkbook";
        context.report(&rules::WORKBOOK_KEY, key.span, &format!("{path}.workbookKey"), message, help);
    }
    context.length(&given.title, &format!("{path}.title"), 256, "our limit");
    let mut advise = |at: &Text, key: &str, message: String, help: &str| {
        context.report(&rules::WORKBOOK_ENTRY, at.span, &format!("{path}.{key}"), message, help);
    };
    if given.title.value.contains(['(', ')']) {
        advise(&given.title, "title", "the title of a workbook has no parentheses".to_owned(), "write it without them");
    }
    if !file_name.value.ends_with(".json") {
        let message = format!("`{}` is not the name of a JSON file", file_name.value);
        advise(file_name, "file", message, "let it end in .json");
    }
    if let Some(template) = given.template_path.as_ref().filter(|path| path.value != file_name.value) {
        let message = format!("`{}` is not the name of the workbook's file", template.value);
        advise(template, "templateRelativePath", message, &format!("write {}, or leave it out", file_name.value));
    }
    if let Some(logo) =
        given.logo_file_name.as_ref().filter(|logo| !logo.value.is_empty() && !logo.value.ends_with(".svg"))
    {
        let message = format!("`{}` is not the name of an SVG file", logo.value);
        advise(logo, "logoFileName", message, "logos in Workbooks/Images/Logos end in .svg");
    }
    if let Some(version) = &given.version
        && version.0.value.trim().is_empty()
    {
        advise(&version.0, "version", "the version is empty".to_owned(), "write x.y.z");
    }
}

/// The files of the preview images, by their names.
fn previews(given: &model::Workbook, path: &str, context: &mut Context<'_>) -> Vec<(Text, Vec<u8>)> {
    let path = format!("{path}.previewFiles");
    let names: Vec<Text> = given.preview_files.iter().map(|file| file.clone().map(|path| file_name(&path))).collect();
    context.unique("preview images", &path, &names);
    let is = |name: &Text, colours: [&str; 2]| colours.iter().any(|colour| name.value.contains(colour));
    let (dark, light) = (["Black", "Dark"], ["White", "Light"]);
    let mut previews = Vec::new();
    for (file, name) in given.preview_files.iter().zip(&names) {
        if !name.value.ends_with(".png") || !(is(name, dark) || is(name, light)) {
            let message = format!("`{}` is not the name of a preview image", name.value);
            let help = "let it end in .png, with White or Light, Black or Dark before that";
            context.report(&rules::WORKBOOK_PREVIEW, file.span, &path, message, help);
        }
        let Some(bytes) = context.bytes(file, &path) else { continue };
        if !bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            let message = format!("`{}` is no PNG image", file.value);
            context.report(&rules::WORKBOOK_PREVIEW, file.span, &path, message, "save the image as PNG");
        }
        previews.push((name.clone(), bytes));
    }
    if let Some(first) = given.preview_files.first() {
        for (colours, missing) in [(dark, "Black"), (light, "White")] {
            let is_named_badly = !names.iter().all(|name| is(name, dark) || is(name, light));
            if !is_named_badly && !names.iter().any(|name| is(name, colours)) {
                let message = format!("no preview image has `{}` or `{}` in its name", colours[0], colours[1]);
                let help = format!("add one, …{missing}.png, for the portal in these colours");
                context.report(&rules::WORKBOOK_PREVIEW, first.span, &path, message, help);
            }
        }
    }
    previews
}

/// The tables and functions that the workbook reads, and the connectors of this solution that fill them.
fn dependencies(given: &model::Workbook, reads: &Reads, around: &Surroundings<'_>) -> (Vec<Text>, Vec<Text>) {
    let at = given.file.span;
    let data_types = given.data_types.clone().unwrap_or_else(|| {
        let parsers = around.parsers.iter().map(|parser| &parser.name.value);
        let called = parsers.filter(|parser| reads.sources.contains(parser));
        reads.tables.iter().chain(called).map(|name| Spanned::new(name.clone(), at)).collect()
    });
    let connectors = given.connectors.clone().unwrap_or_else(|| {
        let fills =
            |connector: &&AnyConnector| connector.tables().iter().any(|table| reads.sources.contains(&table.value));
        let filling = around.connectors.iter().filter(fills);
        filling.map(|connector| Spanned::new(connector.page_id().value.clone(), at)).collect()
    });
    (data_types, connectors)
}

/// The entry of the repository's list, in the order of its schema.
fn entry(
    given: &model::Workbook,
    description: &Text,
    file_name: &Text,
    (data_types, connectors): (&[Text], &[Text]),
    around: &Surroundings<'_>,
) -> Object {
    let at = Origin::derived(given.file.span, "workbook: entry of the repository's list");
    let texts = |texts: &[Text]| Value::array(texts.iter().map(Value::written).collect(), at);
    let text = |given: Option<&Text>, default: &str| given.map_or_else(|| Value::text(default, at), Value::written);
    let logo = around.info.and_then(|info| info.logo.as_ref()).map_or("", |logo| logo.file_name.as_str());
    let maker = around.info.map_or("", |info| info.support.name.value.as_str());
    let names: Vec<Text> =
        given.preview_files.iter().map(|file| file.clone().map(|path| self::file_name(&path))).collect();
    let version = content::version(given.version.as_ref(), given.key.span);
    let kept = |raw: &Option<Raw>| raw.as_ref().map(|raw| body::raw(&raw.0));
    let images = |images: &[Text]| (!images.is_empty()).then(|| texts(images));
    Object::new()
        .with("workbookKey", Value::written(&given.key))
        .with("logoFileName", text(given.logo_file_name.as_ref(), logo))
        .with("description", Value::written(description))
        .with("dataTypesDependencies", texts(data_types))
        .with("dataConnectorsDependencies", texts(connectors))
        .with("previewImagesFileNames", texts(given.preview_names.as_deref().unwrap_or(&names)))
        .with_some("previewImages", images(&given.preview_images))
        .with_some("previewImagesDark", images(&given.preview_images_dark))
        .with("version", Value::written(&version))
        .with("title", Value::written(&given.title))
        .with("templateRelativePath", Value::written(file_name))
        .with("subtitle", text(given.subtitle.as_ref(), ""))
        .with("provider", text(given.provider.as_ref(), maker))
        .with_some("featureFlag", kept(&given.feature_flag))
        .with_some("source", kept(&given.source))
        .with_some("author", kept(&given.author))
        .with_some("support", kept(&given.support))
        .with_some("categories", kept(&given.categories))
        .with_some("threatAnalysisTactics", kept(&given.tactics))
        .with_some("threatAnalysisTechniques", kept(&given.techniques))
}

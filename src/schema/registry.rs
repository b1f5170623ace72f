//! The schemas that are built in, and their validators: each compiled once, when something first needs it.
//!
//! Must not know what is checked with which schema ([`super::plan`]), and must not fetch anything.

use jsonschema::{PatternOptions, Registry, Validator};
use serde_json::{Value, json};
use std::sync::OnceLock;

const URN: &str = "urn:sentinel-gen:schema:";

/// One file of `schemas/`.
#[derive(Debug)]
pub struct Schema {
    /// The file's name without `.json`.
    pub name: &'static str,
    pub text: &'static str,
    document: OnceLock<Result<Value, String>>,
    validator: OnceLock<Result<Validator, String>>,
}

impl Schema {
    const fn new(name: &'static str, text: &'static str) -> Self {
        Schema { name, text, document: OnceLock::new(), validator: OnceLock::new() }
    }

    /// # Errors
    /// What is wrong with the schema: a mistake in `schemas/`, which tests find.
    pub fn validator(&'static self) -> Result<&'static Validator, &'static str> {
        self.validator.get_or_init(|| self.compile()).as_ref().map_err(String::as_str)
    }

    fn compile(&'static self) -> Result<Validator, String> {
        let shared = SHARED_REGISTRY.get_or_init(shared).as_ref().map_err(Clone::clone)?;
        let urn = format!("{URN}{}", self.name);
        let own = shared.add(&urn, self.document()?).and_then(jsonschema::RegistryBuilder::prepare);
        let own = own.map_err(|error| error.to_string())?;
        // The library holds each root against its draft's own schema first. A root of an older draft that only refers to
        // ours keeps that short (the schema of draft 2020-12 alone takes 2 ms to compile); tests check ours in full.
        let root = json!({ "$schema": "http://json-schema.org/draft-07/schema#", "$ref": urn });
        jsonschema::options()
            .offline()
            .with_registry(&own)
            .with_pattern_options(PatternOptions::regex())
            .should_validate_formats(true)
            .build(&root)
            .map_err(|error| error.to_string())
    }

    /// The schema as data.
    ///
    /// # Errors
    /// It is no JSON: a mistake in `schemas/`, which tests find.
    pub fn document(&'static self) -> Result<&'static Value, String> {
        let parse = || serde_json::from_str(self.text).map_err(|error| error.to_string());
        self.document.get_or_init(parse).as_ref().map_err(Clone::clone)
    }
}

/// What other schemas refer to.
static SHARED_REGISTRY: OnceLock<Result<Registry<'static>, String>> = OnceLock::new();

fn shared() -> Result<Registry<'static>, String> {
    let mut registry = Registry::new();
    for schema in [&COMMON, &PACKAGE_TEMPLATE] {
        registry =
            registry.add(format!("{URN}{}", schema.name), schema.document()?).map_err(|error| error.to_string())?;
    }
    registry.prepare().map_err(|error| error.to_string())
}

/// The schema, and the pointer in it, that an absolute keyword location names: `urn:…:body-table#/properties/plan/enum`.
pub fn locate(keyword: &str) -> Option<(&'static Schema, String)> {
    let (schema, pointer) = keyword.strip_prefix(URN)?.split_once('#')?;
    let schema = ALL.iter().find(|known| known.name == schema)?;
    Some((schema, percent_decoded(pointer)))
}

/// Fragments of URIs hide characters such as `$`, `^` and `"`.
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let hex = tail.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        let byte = hex.filter(|_| first == b'%').and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(byte.unwrap_or(first));
        rest = if byte.is_some() { tail.get(2..).unwrap_or(&[]) } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

macro_rules! schemas {
    ($($id:ident = $name:literal;)*) => {
        $(pub static $id: Schema = Schema::new($name, include_str!(concat!("../../schemas/", $name, ".json")));)*
        /// Every schema of ours, by name. The schema of the spec is not among them: it is made from the decoder.
        pub static ALL: &[&Schema] = &[$(&$id),*];
    };
}

schemas! {
    BODY_COLLECTION_RULE = "body-collection-rule";
    BODY_CONNECTOR_PAGE = "body-connector-page";
    BODY_NRT_RULE = "body-nrt-rule";
    BODY_NRT_RULE_TEMPLATE = "body-nrt-rule-template";
    BODY_REST_API_POLLER = "body-rest-api-poller";
    BODY_SCHEDULED_RULE = "body-scheduled-rule";
    BODY_SCHEDULED_RULE_TEMPLATE = "body-scheduled-rule-template";
    BODY_TABLE = "body-table";
    BUILD_LIST = "build-list";
    COMMON = "common";
    DEPLOY_ALERT_RULE = "deploy-alert-rule";
    DEPLOY_COLLECTION_ENDPOINT = "deploy-collection-endpoint";
    DEPLOY_COLLECTION_RULE = "deploy-collection-rule";
    DEPLOY_CONNECTOR = "deploy-connector";
    DEPLOY_CONNECTOR_DEFINITION = "deploy-connector-definition";
    DEPLOY_PARAMETERS = "deploy-parameters";
    DEPLOY_TABLE = "deploy-table";
    DEPLOY_TEMPLATE = "deploy-template";
    FIXTURE_CONNECTOR_IDS = "fixture-connector-ids";
    FIXTURE_TABLE = "fixture-table";
    MANIFEST = "manifest";
    MODEL = "model";
    PACKAGE_COLLECTION_RULE = "package-collection-rule";
    PACKAGE_CONNECTOR = "package-connector";
    PACKAGE_CONNECTOR_DEFINITION = "package-connector-definition";
    PACKAGE_CONTENT_PACKAGE = "package-content-package";
    PACKAGE_CONTENT_TEMPLATE = "package-content-template";
    PACKAGE_CREATE_UI = "package-create-ui";
    PACKAGE_METADATA = "package-metadata";
    PACKAGE_RULE_TEMPLATE = "package-rule-template";
    PACKAGE_TABLE = "package-table";
    PACKAGE_TEMPLATE = "package-template";
    PACKAGE_TEST_PARAMETERS = "package-test-parameters";
    SOURCE_COLLECTION_RULE = "source-collection-rule";
    SOURCE_CONNECTOR_DEFINITION = "source-connector-definition";
    SOURCE_DATA = "source-data";
    SOURCE_METADATA = "source-metadata";
    SOURCE_POLLER = "source-poller";
    SOURCE_RULE = "source-rule";
    SOURCE_TABLE = "source-table";
}

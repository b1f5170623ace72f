//! The schemas that are built in, and their validators.
//!
//! Each schema has two: Rust made from it when sentinel-gen is built, which says yes or no at once and costs a run nothing
//! to set up; and one compiled when something was refused, which says why. Tests hold them against each other.
//!
//! Must not know what is checked with which schema ([`super::plan`]), and must not fetch anything.

use jsonschema::{PatternOptions, Registry, Validator};
use serde_json::Value;
use std::sync::OnceLock;

const URN: &str = "urn:sentinel-gen:schema:";

/// One file of `schemas/`.
#[derive(Debug)]
pub struct Schema {
    /// The file's name without `.json`.
    pub name: &'static str,
    pub text: &'static str,
    is_valid: fn(&Value) -> bool,
    document: OnceLock<Result<Value, String>>,
    validator: OnceLock<Result<Validator, String>>,
}

impl Schema {
    const fn new(name: &'static str, text: &'static str, is_valid: fn(&Value) -> bool) -> Self {
        Schema { name, text, is_valid, document: OnceLock::new(), validator: OnceLock::new() }
    }

    pub fn is_valid(&self, value: &Value) -> bool {
        (self.is_valid)(value)
    }

    /// The validator that says why.
    ///
    /// # Errors
    /// What is wrong with the schema: a mistake in `schemas/`, which tests find.
    pub fn validator(&'static self) -> Result<&'static Validator, &'static str> {
        self.validator.get_or_init(|| self.compile()).as_ref().map_err(String::as_str)
    }

    fn compile(&'static self) -> Result<Validator, String> {
        let shared = SHARED.get_or_init(shared).as_ref().map_err(Clone::clone)?;
        jsonschema::options()
            .offline()
            .with_registry(shared)
            .with_pattern_options(PatternOptions::regex())
            .should_validate_formats(true)
            .build(self.document()?)
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
static SHARED: OnceLock<Result<Registry<'static>, String>> = OnceLock::new();

fn shared() -> Result<Registry<'static>, String> {
    let mut registry = Registry::new();
    for schema in [&COMMON, &PACKAGE_TEMPLATE, &BODY_REST_API_POLLER] {
        let urn = format!("{URN}{}", schema.name);
        registry = registry.add(urn, schema.document()?).map_err(|error| error.to_string())?;
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
    ($($id:ident = $ty:ident $name:literal $path:literal;)*) => {
        /// The validators made at build time.
        mod built {
            $(
                #[jsonschema::validator(
                    path = $path,
                    resources = {
                        "urn:sentinel-gen:schema:common" => { path = "schemas/common.json" },
                        "urn:sentinel-gen:schema:body-rest-api-poller" => { path = "schemas/body-rest-api-poller.json" },
                        "urn:sentinel-gen:schema:package-template" => { path = "schemas/package-template.json" }
                    },
                    validate_formats = true,
                    pattern_options = { engine = regex },
                    methods = { is_valid = true, validate = false, iter_errors = false }
                )]
                pub struct $ty;
            )*
        }
        $(
            pub static $id: Schema =
                Schema::new($name, include_str!(concat!("../../", $path)), built::$ty::is_valid);
        )*
        /// Every schema of ours, by name. The schema of the spec is not among them: it is made from the decoder.
        pub static ALL: &[&Schema] = &[$(&$id),*];
    };
}

schemas! {
    BODY_AMAZON_S3 = BodyAmazonS3 "body-amazon-s3" "schemas/body-amazon-s3.json";
    BODY_CARRIED_CONNECTOR = BodyCarriedConnector "body-carried-connector" "schemas/body-carried-connector.json";
    BODY_COLLECTION_RULE = BodyCollectionRule "body-collection-rule" "schemas/body-collection-rule.json";
    BODY_CONNECTOR_PAGE = BodyConnectorPage "body-connector-page" "schemas/body-connector-page.json";
    BODY_FUNCTION = BodyFunction "body-function" "schemas/body-function.json";
    BODY_GCP = BodyGcp "body-gcp" "schemas/body-gcp.json";
    BODY_HUNTING_QUERY = BodyHuntingQuery "body-hunting-query" "schemas/body-hunting-query.json";
    BODY_NRT_RULE = BodyNrtRule "body-nrt-rule" "schemas/body-nrt-rule.json";
    BODY_NRT_RULE_TEMPLATE = BodyNrtRuleTemplate "body-nrt-rule-template" "schemas/body-nrt-rule-template.json";
    BODY_OCI = BodyOci "body-oci" "schemas/body-oci.json";
    BODY_PUSH = BodyPush "body-push" "schemas/body-push.json";
    BODY_REST_API_POLLER = BodyRestApiPoller "body-rest-api-poller" "schemas/body-rest-api-poller.json";
    BODY_SCHEDULED_RULE = BodyScheduledRule "body-scheduled-rule" "schemas/body-scheduled-rule.json";
    BODY_SCHEDULED_RULE_TEMPLATE = BodyScheduledRuleTemplate "body-scheduled-rule-template" "schemas/body-scheduled-rule-template.json";
    BODY_STORAGE_BLOB = BodyStorageBlob "body-storage-blob" "schemas/body-storage-blob.json";
    BODY_SUMMARY_RULE = BodySummaryRule "body-summary-rule" "schemas/body-summary-rule.json";
    BODY_TABLE = BodyTable "body-table" "schemas/body-table.json";
    BODY_WATCHLIST = BodyWatchlist "body-watchlist" "schemas/body-watchlist.json";
    BODY_WEB_SOCKET = BodyWebSocket "body-web-socket" "schemas/body-web-socket.json";
    BUILD_LIST = BuildList "build-list" "schemas/build-list.json";
    COMMON = Common "common" "schemas/common.json";
    DEPLOY_ALERT_RULE = DeployAlertRule "deploy-alert-rule" "schemas/deploy-alert-rule.json";
    DEPLOY_CARRIED_CONNECTOR = DeployCarriedConnector "deploy-carried-connector" "schemas/deploy-carried-connector.json";
    DEPLOY_COLLECTION_ENDPOINT = DeployCollectionEndpoint "deploy-collection-endpoint" "schemas/deploy-collection-endpoint.json";
    DEPLOY_COLLECTION_RULE = DeployCollectionRule "deploy-collection-rule" "schemas/deploy-collection-rule.json";
    DEPLOY_CONNECTOR = DeployConnector "deploy-connector" "schemas/deploy-connector.json";
    DEPLOY_CONNECTOR_DEFINITION = DeployConnectorDefinition "deploy-connector-definition" "schemas/deploy-connector-definition.json";
    DEPLOY_PARAMETERS = DeployParameters "deploy-parameters" "schemas/deploy-parameters.json";
    DEPLOY_ROLE_ASSIGNMENT = DeployRoleAssignment "deploy-role-assignment" "schemas/deploy-role-assignment.json";
    DEPLOY_SAVED_SEARCH = DeploySavedSearch "deploy-saved-search" "schemas/deploy-saved-search.json";
    DEPLOY_SUMMARY_RULE = DeploySummaryRule "deploy-summary-rule" "schemas/deploy-summary-rule.json";
    DEPLOY_TABLE = DeployTable "deploy-table" "schemas/deploy-table.json";
    DEPLOY_TEMPLATE = DeployTemplate "deploy-template" "schemas/deploy-template.json";
    DEPLOY_WATCHLIST = DeployWatchlist "deploy-watchlist" "schemas/deploy-watchlist.json";
    DEPLOY_WORKBOOK = DeployWorkbook "deploy-workbook" "schemas/deploy-workbook.json";
    FIXTURE_CONNECTOR_IDS = FixtureConnectorIds "fixture-connector-ids" "schemas/fixture-connector-ids.json";
    FIXTURE_TABLE = FixtureTable "fixture-table" "schemas/fixture-table.json";
    FIXTURE_WORKBOOKS = FixtureWorkbooks "fixture-workbooks" "schemas/fixture-workbooks.json";
    MANIFEST = Manifest "manifest" "schemas/manifest.json";
    MODEL = Model "model" "schemas/model.json";
    NESTED_DEPLOYMENT = NestedDeployment "nested-deployment" "schemas/nested-deployment.json";
    NESTED_EVENT_SUBSCRIPTION = NestedEventSubscription "nested-event-subscription" "schemas/nested-event-subscription.json";
    NESTED_QUEUE = NestedQueue "nested-queue" "schemas/nested-queue.json";
    PACKAGE_CARRIED_CONNECTOR = PackageCarriedConnector "package-carried-connector" "schemas/package-carried-connector.json";
    PACKAGE_CARRIED_RESOURCE = PackageCarriedResource "package-carried-resource" "schemas/package-carried-resource.json";
    PACKAGE_COLLECTION_RULE = PackageCollectionRule "package-collection-rule" "schemas/package-collection-rule.json";
    PACKAGE_CONNECTOR = PackageConnector "package-connector" "schemas/package-connector.json";
    PACKAGE_CONNECTOR_DEFINITION = PackageConnectorDefinition "package-connector-definition" "schemas/package-connector-definition.json";
    PACKAGE_CONTENT_PACKAGE = PackageContentPackage "package-content-package" "schemas/package-content-package.json";
    PACKAGE_CONTENT_TEMPLATE = PackageContentTemplate "package-content-template" "schemas/package-content-template.json";
    PACKAGE_CREATE_UI = PackageCreateUi "package-create-ui" "schemas/package-create-ui.json";
    PACKAGE_METADATA = PackageMetadata "package-metadata" "schemas/package-metadata.json";
    PACKAGE_RULE_TEMPLATE = PackageRuleTemplate "package-rule-template" "schemas/package-rule-template.json";
    PACKAGE_SAVED_SEARCH = PackageSavedSearch "package-saved-search" "schemas/package-saved-search.json";
    PACKAGE_SUMMARY_RULE = PackageSummaryRule "package-summary-rule" "schemas/package-summary-rule.json";
    PACKAGE_TABLE = PackageTable "package-table" "schemas/package-table.json";
    PACKAGE_TEMPLATE = PackageTemplate "package-template" "schemas/package-template.json";
    PACKAGE_TEST_PARAMETERS = PackageTestParameters "package-test-parameters" "schemas/package-test-parameters.json";
    PACKAGE_WATCHLIST = PackageWatchlist "package-watchlist" "schemas/package-watchlist.json";
    PACKAGE_WORKBOOK = PackageWorkbook "package-workbook" "schemas/package-workbook.json";
    SOURCE_CARRIED_CONNECTOR = SourceCarriedConnector "source-carried-connector" "schemas/source-carried-connector.json";
    SOURCE_COLLECTION_RULE = SourceCollectionRule "source-collection-rule" "schemas/source-collection-rule.json";
    SOURCE_CONNECTOR_DEFINITION = SourceConnectorDefinition "source-connector-definition" "schemas/source-connector-definition.json";
    SOURCE_CUSTOM_DETECTION = SourceCustomDetection "source-custom-detection" "schemas/source-custom-detection.json";
    SOURCE_DATA = SourceData "source-data" "schemas/source-data.json";
    SOURCE_HUNTING_QUERY = SourceHuntingQuery "source-hunting-query" "schemas/source-hunting-query.json";
    SOURCE_METADATA = SourceMetadata "source-metadata" "schemas/source-metadata.json";
    SOURCE_PARSER = SourceParser "source-parser" "schemas/source-parser.json";
    SOURCE_POLLER = SourcePoller "source-poller" "schemas/source-poller.json";
    SOURCE_RULE = SourceRule "source-rule" "schemas/source-rule.json";
    SOURCE_SUMMARY_RULE = SourceSummaryRule "source-summary-rule" "schemas/source-summary-rule.json";
    SOURCE_TABLE = SourceTable "source-table" "schemas/source-table.json";
    SOURCE_WATCHLIST = SourceWatchlist "source-watchlist" "schemas/source-watchlist.json";
    SOURCE_WORKBOOK = SourceWorkbook "source-workbook" "schemas/source-workbook.json";
}

//! Workbooks: the gallery's JSON file, and its entry in the repository's WorkbooksMetadata.json.

use super::decode::decode_struct;
use super::{Loose, Prose, Raw};
use crate::source::Spanned;

type Text = Spanned<String>;

decode_struct! {
    /// A workbook: its JSON file, and the keys of its entry in the repository's WorkbooksMetadata.json.
    pub struct Workbook {
        /// The workbook's JSON beside the spec (gallery template: version Notebook/1.0).
        "file" file: Text,
        /// Its content id, in camel case; no other workbook of the repository has it.
        "workbookKey" key: Text,
        /// Shown name.
        "title" title: Text,
        /// What it shows.
        "description" description: Prose,
        /// Of the workbook, raised with every change; default: 1.0.0.
        "version" version: Option<Loose>,
        /// A second line below the title; default: none.
        "subtitle" subtitle: Option<Text>,
        /// Who made it; default: the name of the support.
        "provider" provider: Option<Text>,
        /// A file of Workbooks/Images/Logos; default: the solution's logo, which is put there.
        "logoFileName" logo_file_name: Option<Text>,
        /// Tables and functions that it reads; default: those that its queries name.
        "dataTypesDependencies" data_types: Option<Vec<Text>>,
        /// Connectors that fill them; default: those of this solution.
        "dataConnectorsDependencies" connectors: Option<Vec<Text>>,
        /// PNG files beside the spec, put into Workbooks/Images/Preview: one at least with Black or Dark in its name, and one
        /// with White or Light.
        "previewFiles" preview_files: Vec<Text>,
        /// Names of files in Workbooks/Images/Preview; default: those of previewFiles.
        "previewImagesFileNames" preview_names: Option<Vec<Text>>,
        /// Images on a light background, as the package names them.
        "previewImages" preview_images: Vec<Text>,
        /// Images on a dark background, as the package names them.
        "previewImagesDark" preview_images_dark: Vec<Text>,
        /// The name of the file; default and only possible value.
        "templateRelativePath" template_path: Option<Text>,
        /// Kept in the entry.
        "source" source: Option<Raw>,
        /// Kept in the entry.
        "author" author: Option<Raw>,
        /// Kept in the entry.
        "support" support: Option<Raw>,
        /// Kept in the entry.
        "categories" categories: Option<Raw>,
        /// Kept in the entry.
        "featureFlag" feature_flag: Option<Raw>,
        /// Kept in the entry.
        "threatAnalysisTactics" tactics: Option<Raw>,
        /// Kept in the entry.
        "threatAnalysisTechniques" techniques: Option<Raw>,
    }
}

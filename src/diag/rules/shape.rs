//! SG1050–SG1099: the shape of the spec.

super::rules! {
    /// ## What it does
    /// A mapping has a key that the spec language does not know at this place.
    ///
    /// ## Why it matters
    /// A misspelt key would be ignored in silence, and the setting with it.
    ///
    /// ## Fix
    /// Take the suggested key. If the service knows a setting that the language lacks, hand it over under `unchecked:`.
    UNKNOWN_KEY = 1050 "unknown-key" Error, source: "The spec language is closed, so that no setting is lost in silence";

    /// ## What it does
    /// A key that this mapping needs is not there.
    ///
    /// ## Fix
    /// Add the key. `sentinel-gen schema` describes it for editors.
    MISSING_KEY = 1051 "missing-key" Error, source: "The spec language: keys without a default";

    /// ## What it does
    /// Something of another type stands where text, a number, true or false, a list or a mapping is expected.
    ///
    /// ## Why it matters
    /// YAML types what is not quoted: `1.0` is a number and loses its zero, `true` is no text; `no` is text and no boolean.
    ///
    /// ## Fix
    /// Quote what is meant as text; write `true` and `false` for booleans.
    WRONG_TYPE = 1052 "wrong-type" Error, source: "YAML 1.2.2, core schema";

    /// ## What it does
    /// A value is not one of a closed list.
    ///
    /// ## Fix
    /// Take one of the values that the message lists, in exactly that spelling.
    UNKNOWN_VALUE = 1053 "unknown-value" Error, source: "The enumerations of the service and of the Azure-Sentinel repository, named by the message";

    /// ## What it does
    /// The spec says a `version` of the language that this compiler does not know.
    ///
    /// ## Fix
    /// Write `version: 1`.
    SPEC_VERSION = 1054 "spec-version" Error, source: "The spec language: version 1 is the only one";

    /// ## What it does
    /// A text in `{{…}}` is not the name of an input.
    ///
    /// ## Fix
    /// Write the name alone, as in `{{orgName}}`: letters and digits, a letter first. Braces that are meant as text have
    /// no place in connector texts, because the service's own authoring form takes them for a placeholder.
    BAD_PLACEHOLDER = 1055 "bad-placeholder" Error, source: "Microsoft's packager replaces {{name}} with name in [A-Za-z0-9]+ only (observed)";

    /// ## What it does
    /// A number is outside the range that the service takes.
    ///
    /// ## Fix
    /// Take a value in the range that the message names.
    OUT_OF_RANGE = 1056 "out-of-range" Error, source: "The service's documented limits, named by the message";

    /// ## What it does
    /// Something was handed over under `unchecked:` or `resources:`; it goes into the output as it is.
    ///
    /// ## Why it matters
    /// Nothing here says whether the service knows it.
    ///
    /// ## Fix
    /// Nothing, if it is meant; the note is there so that a reviewer sees it.
    UNCHECKED = 1057 "unchecked" Notice, source: "The spec language: what it lacks is handed over and reported";

    /// ## What it does
    /// An entry of `checks.allow` allows nothing: no finding has that code at that place.
    ///
    /// ## Fix
    /// Remove the entry, or correct `code` or `at`.
    UNUSED_ALLOWANCE = 1058 "unused-allowance" Warning, source: "The spec language: allowances do not outlive their reason";

    /// ## What it does
    /// An entry of `checks.allow` names a code that cannot be allowed: there is no such code, or it is an error.
    ///
    /// ## Fix
    /// Only warnings can be allowed. Correct what an error names.
    BAD_ALLOWANCE = 1059 "bad-allowance" Error, source: "The spec language: errors are never allowed away";

    /// ## What it does
    /// Two things of one kind have the same name, or names that differ only by case.
    ///
    /// ## Why it matters
    /// One of them would overwrite the other in Azure, whose names ignore case.
    ///
    /// ## Fix
    /// Rename one.
    DUPLICATE_NAME = 1060 "duplicate-name" Error, source: "Azure Resource Manager compares resource and parameter names without case (documented)";

    /// ## What it does
    /// A name refers to nothing: an input, a table, a stream or a connector that the spec does not declare.
    ///
    /// ## Fix
    /// Take the suggested name, or declare what is missing.
    UNKNOWN_NAME = 1061 "unknown-name" Error, source: "The spec language: names are declared once";

    /// ## What it does
    /// An input is declared and nothing uses it.
    ///
    /// ## Why it matters
    /// The person who connects would be asked for something that has no effect.
    ///
    /// ## Fix
    /// Use it as `{{name}}` in a connector, or remove it.
    UNUSED_INPUT = 1062 "unused-input" Warning, source: "The spec language: each input is used";

    /// ## What it does
    /// Text is missing where text is needed, or is longer than its place takes.
    ///
    /// ## Fix
    /// Write a text within the length that the message names.
    TEXT_LENGTH = 1063 "text-length" Error, source: "Length limits of the service and of the Azure-Sentinel repository, named by the message";

    /// ## What it does
    /// Two keys exclude each other.
    ///
    /// ## Fix
    /// Keep one of them.
    CONFLICTING_KEYS = 1064 "conflicting-keys" Error, source: "The spec language: one way to say each thing";
}

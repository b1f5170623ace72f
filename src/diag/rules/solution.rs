//! SG6xxx: the solution and its package.

super::rules! {
    /// ## What it does
    /// The version of the solution is not one that the package format takes.
    ///
    /// ## Fix
    /// Three numbers, 3.0.0 or more.
    SOLUTION_VERSION = 6001 "solution-version" Error, source: "Repository review: packages of format V3 begin at 3.0.0";

    /// ## What it does
    /// The publisher id cannot be one.
    ///
    /// ## Fix
    /// Take it from Partner Center: lower-case letters and digits, a letter first.
    PUBLISHER_ID = 6002 "publisher-id" Error, source: "Repository review schema; the solution id has to be lower case with one dot";

    /// ## What it does
    /// The offer id cannot be one.
    ///
    /// ## Fix
    /// `azure-sentinel-solution-name`, at most 50 lower-case letters, digits and hyphens.
    OFFER_ID = 6003 "offer-id" Error, source: "Repository review schema; the solution id has to be lower case with one dot";

    /// ## What it does
    /// A date is not one, or lies before another that it follows.
    ///
    /// ## Fix
    /// `YYYY-MM-DD`.
    DATE = 6004 "date" Error, source: "Repository review schema";

    /// ## What it does
    /// A domain or vertical that Content Hub does not have.
    ///
    /// ## Fix
    /// Take one of the list, in exactly that spelling.
    CATEGORY = 6005 "category" Error, source: "Repository: list of valid domains and verticals";

    /// ## What it does
    /// The support cannot be reached, or has an unknown tier.
    ///
    /// ## Fix
    /// A name, a tier, and an https link or an e-mail address.
    SUPPORT = 6006 "support" Error, source: "Repository: validation of support objects";

    /// ## What it does
    /// The name of the solution cannot be the name of its folder in the repository.
    ///
    /// ## Fix
    /// Letters, digits and blanks.
    SOLUTION_NAME = 6007 "solution-name" Error, source: "Repository review schema";

    /// ## What it does
    /// A text says Sentinel without Microsoft before it.
    ///
    /// ## Fix
    /// Write `Microsoft Sentinel`.
    BRANDING = 6008 "branding" Error, source: "Repository: branding validation";

    /// ## What it does
    /// The logo is one that the repository refuses.
    ///
    /// ## Fix
    /// An SVG of at most 5 kB without styles, links, titles, scripts, images and ids.
    LOGO = 6009 "logo" Error, source: "Repository: logo validation";

    /// ## What it does
    /// Lists the values that nobody has published and that the spec assumes.
    ///
    /// ## Fix
    /// Confirm them, then remove them from `assumed`.
    ASSUMED = 6010 "assumed" Notice, source: "The spec language: what is not published is marked";

    /// ## What it does
    /// The release notes do not fit the version of the solution.
    ///
    /// ## Fix
    /// Newest first, each version once, the first one the solution's own, each with its changes.
    RELEASES = 6011 "release-notes" Error, source: "Repository review schema of ReleaseNotes.md";

    /// ## What it does
    /// A text that Microsoft's packager would change.
    ///
    /// ## Fix
    /// Write it in other words; an e-mail address goes into `authorEmail`.
    PACKAGER_TEXT = 6012 "packager-text" Error, source: "Microsoft's packager (observed)";

    /// ## What it does
    /// More entries than the marketplace offer takes.
    ///
    /// ## Fix
    /// Two search words (the mandatory one is added) and two categories.
    OFFER_LISTS = 6013 "offer-lists" Error, source: "Publishing guide: three keywords, one of them mandatory, and two sub-categories (documented)";

    /// ## What it does
    /// An ARM expression in `resources:` cannot be read.
    ///
    /// ## Fix
    /// Correct it. A text that is no expression but stands in brackets begins with `[[`.
    BAD_EXPRESSION = 6014 "bad-expression" Error, source: "Template syntax of Azure Resource Manager (documented)";

    /// ## What it does
    /// A resource under `resources:` names something that the deploy bundle does not have, or that Bicep cannot say.
    ///
    /// ## Fix
    /// Correct the name. The bundle has the parameters and resources that its documentation page lists.
    RAW_RESOURCE = 6015 "raw-resource" Error, source: "Template syntax of Azure Resource Manager and of Bicep (documented)";

    /// ## What it does
    /// A resource of stage `connect` stands in a solution without a connector.
    ///
    /// ## Why it matters
    /// It would be deployed by *Connect*, and there is nothing to connect.
    ///
    /// ## Fix
    /// Give it the stage `install` or `deploy`, or add the connector.
    NOTHING_TO_CONNECT = 6016 "nothing-to-connect" Error, source: "Package format: what Connect deploys stands in a connector's content template (observed in published packages)";
}

//! SG6xxx: the solution and its package.

super::rules! {
    /// ## What it does
    /// Reports a version of the solution that the package format does not take.
    ///
    /// ## Why it matters
    /// Reviewers refuse it, and the number 3 in front says which format the package has.
    ///
    /// ## Example
    /// ```yaml
    /// solution:
    ///   version: 2.1.0
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// solution:
    ///   version: 3.0.0
    /// ```
    ///
    /// Three numbers, 3.0.0 or more. For an older number Microsoft's packager writes 3.0.0, too; a solution that is published
    /// has a higher number than its newest package.
    SOLUTION_VERSION = 6001 "solution-version" Error,
        source: "documented and observed: the Azure-Sentinel repository's review instructions for solution data; reviews of new solutions ask for 3.0.0";

    /// ## What it does
    /// Reports a publisher id that cannot be one.
    ///
    /// ## Why it matters
    /// Publisher and offer make the id of the solution, `publisher.offer`, which the repository asks to be in lower
    /// case with one period. It has to be the publisher of Partner Center.
    ///
    /// ## Example
    /// ```yaml
    /// publisherId: Contoso
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// publisherId: contoso
    /// ```
    ///
    /// At most 50 lower-case letters, digits and hyphens, a letter first, as in Partner Center.
    PUBLISHER_ID = 6002 "publisher-id" Error,
        source: "documented: the Azure-Sentinel repository's review instructions for solution metadata";

    /// ## What it does
    /// Reports an offer id that cannot be one.
    ///
    /// ## Why it matters
    /// The offer id is a part of the solution's id, and the check of the repository refuses other characters in it.
    ///
    /// ## Example
    /// ```yaml
    /// offerId: contoso-solution
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// offerId: azure-sentinel-solution-contoso
    /// ```
    ///
    /// At most 50 lower-case letters, digits and hyphens, with `sentinel` among them.
    OFFER_ID = 6003 "offer-id" Error,
        source: "documented: the Azure-Sentinel repository's review instructions for solution metadata, and its check of solution ids";

    /// ## What it does
    /// Reports a date that is none, or one that lies before another that it follows.
    ///
    /// ## Why it matters
    /// The check of the repository refuses other forms.
    ///
    /// ## Example
    /// ```yaml
    /// firstPublishDate: 2026-02-30
    /// ```
    ///
    /// ## Fix
    /// Write a day that exists as `YYYY-MM-DD`:
    ///
    /// ```yaml
    /// firstPublishDate: 2026-02-28
    /// ```
    ///
    /// A last publish date before the first is a warning: the check looks at the form alone, and published solutions have it.
    DATE = 6004 "date" Error,
        source: "documented: the Azure-Sentinel repository's review instructions for solution metadata";

    /// ## What it does
    /// Reports a domain or vertical that Content Hub does not have, or a solution without any domain.
    ///
    /// ## Why it matters
    /// The check of the repository compares with its list letter by letter, and refuses what is not in it.
    ///
    /// ## Example
    /// ```yaml
    /// categories: { domains: [Applications] }
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// categories: { domains: [Application] }
    /// ```
    ///
    /// The finding lists the others. The hyphen in `Security - Network` is an ASCII one with blanks around it.
    CATEGORY = 6005 "category" Error,
        source: "documented: the Azure-Sentinel repository's list of valid domains and verticals";

    /// ## What it does
    /// Reports a support that cannot be reached, or that has an unknown tier.
    ///
    /// ## Why it matters
    /// The check of the repository refuses it; customers would find nobody to ask.
    ///
    /// ## Example
    /// ```yaml
    /// support: { name: Contoso, tier: Vendor }
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// support: { name: Contoso, tier: Partner, link: https://contoso.example/support }
    /// ```
    ///
    /// A name, one of the tiers Microsoft, Partner and Community, and an https link or an e-mail address.
    SUPPORT = 6006 "support" Error,
        source: "documented: the Azure-Sentinel repository's validation of support objects";

    /// ## What it does
    /// Reports a name of the solution that cannot be the name of its folder in the repository.
    ///
    /// ## Why it matters
    /// Reviewers ask for the same name in the data file, the folder and the package.
    ///
    /// ## Example
    /// ```yaml
    /// solution:
    ///   name: Contoso-Events
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// solution:
    ///   name: Contoso Events
    /// ```
    ///
    /// At most 100 letters, digits and blanks, no blank at either end.
    SOLUTION_NAME = 6007 "solution-name" Error,
        source: "documented: the Azure-Sentinel repository's review instructions for solution data";

    /// ## What it does
    /// Reports a text that says Sentinel without Microsoft before it.
    ///
    /// ## Why it matters
    /// The check of the repository looks through the package for the bare word, and refuses it.
    ///
    /// ## Example
    /// ```yaml
    /// description: Reads events into Sentinel.
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// description: Reads events into Microsoft Sentinel.
    /// ```
    ///
    /// A solution that is published with such a text can keep it by an entry of `checks.allow` with a reason: the service
    /// does not mind.
    BRANDING = 6008 "branding" Error,
        source: "documented: the Azure-Sentinel repository's branding validation of main template and user interface definition";

    /// ## What it does
    /// Reports a logo that the repository refuses: no SVG, more than 5,000 bytes, one with `style=`, `cls=`, `xmlns:xlink`,
    /// `data-name`, `xlink:href`, `<title`, a PNG image or a script, or with an `id` that is no GUID or stands twice.
    ///
    /// ## Why it matters
    /// The check of the repository looks for exactly these, and reviewers ask for a small file.
    ///
    /// ## Example
    /// ```yaml
    /// logo: '<svg style="x"/>'
    /// ```
    ///
    /// ## Fix
    /// Save the drawing as a plain SVG, with colours as attributes:
    ///
    /// ```yaml
    /// logo: '<svg viewBox="0 0 75 75"><circle cx="37" cy="37" r="30" fill="#0050C8"/></svg>'
    /// ```
    LOGO = 6009 "logo" Error,
        source: "documented: the Azure-Sentinel repository's validation of logos";

    /// ## What it does
    /// Lists the values that the spec assumes because nobody has published them.
    ///
    /// ## Why it matters
    /// Ids of publisher and offer, for instance, are given by Partner Center. A submission with others fails, or names
    /// somebody else's offer.
    ///
    /// ## Example
    /// ```yaml
    /// assumed: [offerId]
    /// ```
    ///
    /// ## Fix
    /// Confirm each value before a submission, then remove its name from `assumed`.
    ASSUMED = 6010 "assumed" Notice,
        source: "documented: the spec language; what the vendor has not published is marked";

    /// ## What it does
    /// Reports release notes that do not fit the version of the solution, are out of order, or say nothing.
    ///
    /// ## Why it matters
    /// Reviewers ask for a row for each version, newest first, the first one that of the package.
    ///
    /// ## Example
    /// ```yaml
    /// version: 3.0.0
    /// releaseNotes: [{ version: 3.0.1, date: 2026-01-15, changes: [First] }]
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// version: 3.0.1
    /// releaseNotes:
    ///   - { version: 3.0.1, date: 2026-01-15, changes: [Poll every five minutes] }
    ///   - { version: 3.0.0, date: 2026-01-08, changes: [First release] }
    /// ```
    RELEASES = 6011 "release-notes" Error,
        source: "documented: the Azure-Sentinel repository's review instructions for release notes";

    /// ## What it does
    /// Reports an author with ` - ` in the name.
    ///
    /// ## Why it matters
    /// Microsoft's packager, which reviewers run again, takes what stands behind it for the author's e-mail address.
    ///
    /// ## Example
    /// ```yaml
    /// author: Contoso - Research
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// author: Contoso Research
    /// authorEmail: research@contoso.example
    /// ```
    PACKAGER_TEXT = 6012 "packager-text" Error,
        source: "observed: runs of Microsoft's packager, which splits the author at a hyphen with blanks around it";

    /// ## What it does
    /// Reports more search words or categories than the marketplace offer takes.
    ///
    /// ## Why it matters
    /// Partner Center has no room for them, and somebody would have to choose there which ones stay.
    ///
    /// ## Example
    /// ```yaml
    /// keywords: [one, two, three]
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// keywords: [one, two]
    /// ```
    ///
    /// Two search words (the mandatory one is added) and two `marketplaceCategories`.
    OFFER_LISTS = 6013 "offer-lists" Error,
        source: "documented: how to publish solutions to Microsoft Sentinel; three search words, one of them mandatory, and two subcategories";

    /// ## What it does
    /// Reports an ARM expression in `resources:` that cannot be read.
    ///
    /// ## Why it matters
    /// The deployment would refuse the whole template because of it.
    ///
    /// ## Example
    /// ```yaml
    /// properties: { tags: { Owner: "[concat('a', 'b']" } }
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// properties: { tags: { Owner: "[concat('a', 'b')]" } }
    /// ```
    ///
    /// A text in brackets that is no expression begins with `[[`.
    BAD_EXPRESSION = 6014 "bad-expression" Error,
        source: "documented: Azure Resource Manager, syntax and expressions in templates";

    /// ## What it does
    /// Reports a resource under `resources:` that names something which the deploy bundle does not have, or that Bicep
    /// cannot say: a loop, a nested list of resources, an unknown function.
    ///
    /// ## Why it matters
    /// The bundle exists as ARM template and as Bicep, and both have to mean the same.
    ///
    /// ## Example
    /// ```yaml
    /// resources:
    ///   - stage: deploy
    ///     resource:
    ///       type: Microsoft.Resources/tags
    ///       apiVersion: "2024-03-01"
    ///       name: default
    ///       properties: { tags: { Owner: "[parameters('nothing')]" } }
    /// ```
    ///
    /// ## Fix
    /// Name a parameter or resource that is there; the finding lists them: `"[parameters('workspaceName')]"`. Write
    /// the items of a loop one by one.
    RAW_RESOURCE = 6015 "raw-resource" Error,
        source: "documented: syntax of templates of Azure Resource Manager and of Bicep";

    /// ## What it does
    /// Reports a resource of stage `connect` in a solution without a connector.
    ///
    /// ## Why it matters
    /// *Connect* would deploy it, and there is nothing to connect: nobody would ever get the resource.
    ///
    /// ## Example
    /// ```yaml
    /// resources:
    ///   - stage: connect   # and no `connectors:`
    ///     resource: { type: Microsoft.Resources/tags, apiVersion: "2024-03-01", name: default }
    /// ```
    ///
    /// ## Fix
    /// Write `stage: install` or `stage: deploy`, or add the connector.
    NOTHING_TO_CONNECT = 6016 "nothing-to-connect" Error,
        source: "observed: in published packages, what *Connect* deploys stands in a connector's content template";

    /// ## What it does
    /// Reports a dependency on another solution that is not `publisherId.offerId`, is the solution itself, or stands in a
    /// solution without content of its own.
    ///
    /// ## Why it matters
    /// Content Hub finds the other solution by this id. Without content Microsoft's packager drops the dependencies, and says
    /// nothing.
    ///
    /// ## Example
    /// ```yaml
    /// dependencies: [Common Event Format]
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    /// dependencies: [azuresentinel.azure-sentinel-solution-commoneventformat]
    /// ```
    DEPENDENCY = 6017 "dependency" Error,
        source: "observed: the packager of the Azure-Sentinel repository (commonFunctions @012896f6) and a published package with dependencies";
}

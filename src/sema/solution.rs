//! `solution:`: identity, texts, support, dates, logo.

use super::context::Context;
use super::logo;
use crate::diag::did_you_mean;
use crate::diag::rules::{shape, solution as rules};
use crate::ir::{ContentKind, Logo, Release, SolutionInfo, Support, Text};
use crate::model::{self, Solution, Spec};
use crate::source::Spanned;

/// Content Hub's domains (the repository's list, November 2026).
const DOMAINS: [&str; 23] = [
    "Application",
    "Cloud Provider",
    "Compliance",
    "DevOps",
    "Identity",
    "Internet of Things (IoT)",
    "IT Operations",
    "Migration",
    "Networking",
    "Platform",
    "Security - Others",
    "Security - Threat Intelligence",
    "Security - Threat Protection",
    "Security - 0-day Vulnerability",
    "Security - Automation (SOAR)",
    "Security - Cloud Security",
    "Security - Information Protection",
    "Security - Insider Threat",
    "Security - Network",
    "Security - Vulnerability Management",
    "Storage",
    "Training and Tutorials",
    "User Behavior (UEBA)",
];
const VERTICALS: [&str; 6] = ["Aeronautics", "Education", "Finance", "Healthcare", "Manufacturing", "Retail"];
const TIERS: [&str; 3] = ["Microsoft", "Partner", "Community"];

/// The keys of `solution:` that `assumed` may name.
const KEYS: [&str; 21] = [
    "name",
    "version",
    "publisherId",
    "offerId",
    "author",
    "authorEmail",
    "summary",
    "description",
    "providers",
    "categories",
    "support",
    "firstPublishDate",
    "lastPublishDate",
    "logo",
    "releaseNotes",
    "planId",
    "keywords",
    "marketplaceCategories",
    "privacyPolicy",
    "prerequisites",
    "limitations",
];

pub fn resolve(solution: &Solution, context: &mut Context<'_>) -> Option<SolutionInfo> {
    check_identity(solution, context);
    let description = context.text(&solution.description, "solution.description");
    check_texts(solution, description.as_ref(), context);
    check_dates(solution, context);
    if solution.providers.is_empty() {
        let (span, path) = (solution.name.span, "solution.providers");
        let message = "the solution names no provider";
        context.report(&shape::MISSING_KEY, span, path, message, "add `providers: [Name]`");
    }
    let categories = solution.categories.0.as_ref();
    if let Some(categories) = categories {
        check_categories(categories, context);
    }
    let support = solution.support.0.as_ref().map(|given| support(given, context));
    let releases = releases(solution, context);
    let logo = solution.logo.as_ref().and_then(|prose| {
        let svg = logo::resolve(prose, context)?;
        let file_name = format!("{}.svg", compact(&solution.name.value));
        Some(Logo { file_name, svg })
    });
    check_assumed(solution, context);
    check_keywords(solution, context);
    let (description, support) = (description?, support?);
    Some(SolutionInfo {
        span: solution.span,
        name: solution.name.clone(),
        version: solution.version.clone(),
        publisher_id: solution.publisher_id.clone(),
        offer_id: solution.offer_id.clone(),
        author: solution.author.clone().unwrap_or_else(|| support.name.clone()),
        author_email: solution.author_email.clone(),
        summary: solution.summary.clone(),
        description,
        providers: solution.providers.clone(),
        domains: categories.map_or(Vec::new(), |given| given.domains.clone()),
        verticals: categories.map_or(Vec::new(), |given| given.verticals.clone()),
        support,
        first_publish_date: solution.first_publish_date.clone(),
        last_publish_date: solution.last_publish_date.clone(),
        logo,
        releases,
        plan_id: solution.plan_id.clone().unwrap_or_else(|| {
            solution.offer_id.as_ref().map(|offer| offer.trim_start_matches("azure-sentinel-solution-").to_owned())
        }),
        keywords: solution.keywords.clone(),
        marketplace_categories: match solution.marketplace_categories.as_slice() {
            [] => vec![Spanned::new("threat-protection".to_owned(), solution.name.span)],
            given => given.to_vec(),
        },
        privacy_link: solution.privacy_policy.clone(),
        assumed: solution.assumed.clone(),
        dependencies: solution.dependencies.clone(),
        prerequisites: solution.prerequisites.clone(),
        limitations: solution.limitations.clone(),
        page_texts: page_texts(solution, context),
    })
}

fn page_texts(solution: &Solution, context: &mut Context<'_>) -> Vec<(ContentKind, Text)> {
    let Some(page) = &solution.installation_page else { return Vec::new() };
    let given = [
        (ContentKind::Workbooks, &page.workbooks),
        (ContentKind::AnalyticRules, &page.analytic_rules),
        (ContentKind::HuntingQueries, &page.hunting_queries),
        (ContentKind::Watchlists, &page.watchlists),
        (ContentKind::Playbooks, &page.playbooks),
    ];
    let mut texts = Vec::new();
    for (kind, prose) in given.into_iter().filter_map(|(kind, prose)| Some((kind, prose.as_ref()?))) {
        let path = format!("solution.installationPage.{}", kind.key());
        if let Some(text) = context.text(prose, &path) {
            context.length(&text, &path, 1000, "our limit");
            check_branding(&text, &path, context);
            texts.push((kind, text));
        }
    }
    texts
}

/// Reports texts about kinds of content that the solution does not have.
pub fn check_page_texts(info: &SolutionInfo, spec: &Spec, context: &mut Context<'_>) {
    let is_empty = |kind: ContentKind| match kind {
        ContentKind::Connectors => spec.connectors.is_empty(),
        ContentKind::Parsers => spec.parsers.is_empty(),
        ContentKind::Workbooks => spec.workbooks.is_empty(),
        ContentKind::AnalyticRules => spec.analytic_rules.is_empty(),
        ContentKind::HuntingQueries => spec.hunting_queries.is_empty(),
        ContentKind::Watchlists => spec.watchlists.is_empty(),
        ContentKind::SummaryRules => spec.summary_rules.is_empty(),
        ContentKind::Playbooks => spec.playbooks.is_empty(),
    };
    for (kind, text) in info.page_texts.iter().filter(|(kind, _)| is_empty(*kind)) {
        let key = kind.key();
        let message = format!("the solution has no `{key}` of which the installation page could say this");
        let help = format!("remove the text, or add `{key}`");
        let path = format!("solution.installationPage.{key}");
        context.report(&shape::UNKNOWN_NAME, text.span, &path, message, help);
    }
}

fn check_texts(solution: &Solution, description: Option<&Text>, context: &mut Context<'_>) {
    if let Some(description) = description {
        context.length(description, "solution.description", 5000, "repository review schema");
        check_branding(description, "solution.description", context);
    }
    context.length(&solution.summary, "solution.summary", 100, "certification policy");
    check_branding(&solution.summary, "solution.summary", context);
    for (key, texts) in [("prerequisites", &solution.prerequisites), ("limitations", &solution.limitations)] {
        for (i, text) in texts.iter().enumerate() {
            context.length(text, &format!("solution.{key}[{i}]"), 1000, "our limit");
        }
    }
}

fn check_dates(solution: &Solution, context: &mut Context<'_>) {
    check_date(&solution.first_publish_date, "solution.firstPublishDate", context);
    let Some(last) = &solution.last_publish_date else { return };
    check_date(last, "solution.lastPublishDate", context);
    if last.value < solution.first_publish_date.value {
        // The repository's check looks at the form alone, and published solutions have such dates.
        context.advise(|context| {
            let message = "`lastPublishDate` lies before `firstPublishDate`";
            context.report(&rules::DATE, last.span, "solution.lastPublishDate", message, "correct one of the two");
        });
    }
}

fn check_identity(solution: &Solution, context: &mut Context<'_>) {
    let name = &solution.name;
    if name.value.is_empty()
        || !name.value.bytes().all(|b| b.is_ascii_alphanumeric() || b" -_".contains(&b))
        || name.value.len() > 100
    {
        let message = format!("`{}` cannot be the name of a solution", name.value);
        let help = "write at most 100 letters, digits and blanks: a folder of the repository is named so";
        context.report(&rules::SOLUTION_NAME, name.span, "solution.name", message, help);
    } else if name.value.contains(['-', '_']) {
        // Published solutions have them; reviewers refuse them in new names.
        context.advise(|context| {
            let message = format!("`{}` cannot be the name of a new solution", name.value);
            let help = "write letters, digits and blanks, or allow this for one that is published already";
            context.report(&rules::SOLUTION_NAME, name.span, "solution.name", message, help);
        });
    } else if name.value.trim() != name.value {
        let message = "the name begins or ends with a blank";
        context.report(&rules::SOLUTION_NAME, name.span, "solution.name", message, "remove it");
    }
    check_version(&solution.version, context);
    let publisher = &solution.publisher_id;
    let lower = |text: &str| text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !lower(&publisher.value)
        || !publisher.value.starts_with(|c: char| c.is_ascii_lowercase())
        || publisher.value.len() > 50
    {
        let message = format!("`{}` cannot be a publisher id", publisher.value);
        let help = "write at most 50 lower-case letters, digits and hyphens, a letter first, as in Partner Center";
        context.report(&rules::PUBLISHER_ID, publisher.span, "solution.publisherId", message, help);
    }
    check_offer(&solution.offer_id, context);
    if let Some(author) = solution.author.as_ref().filter(|author| author.value.contains(" - ")) {
        let message = "` - ` in the author makes Microsoft's packager take the rest for an e-mail address";
        context.report(
            &rules::PACKAGER_TEXT,
            author.span,
            "solution.author",
            message,
            "put the address into `authorEmail`",
        );
    }
}

fn check_offer(offer: &Text, context: &mut Context<'_>) {
    let known = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_".contains(&b);
    let report = |context: &mut Context<'_>| {
        let message = format!("`{}` cannot be an offer id", offer.value);
        let help = "write at most 50 lower-case letters, digits and hyphens with `sentinel` among them: azure-sentinel-solution-name";
        context.report(&rules::OFFER_ID, offer.span, "solution.offerId", message, help);
    };
    if offer.value.is_empty() || !offer.value.bytes().all(known) || offer.value.len() > 50 {
        report(context);
    } else if offer.value.contains('_') || !offer.value.contains("sentinel") {
        // The marketplace has such offers; the repository refuses new ones.
        context.advise(report);
    }
}

fn check_version(version: &Text, context: &mut Context<'_>) {
    let path = "solution.version";
    match semver::Version::parse(&version.value) {
        Ok(parsed) if parsed.pre.is_empty() && parsed.build.is_empty() => {
            if parsed.major < 3 {
                let message = format!("`{}`: packages of this format begin at 3.0.0", version.value);
                context.report(
                    &rules::SOLUTION_VERSION,
                    version.span,
                    path,
                    message,
                    "write 3.0.0, or more than the version that is published",
                );
            }
        }
        _ => {
            let message = format!("`{}` is not a version of three numbers", version.value);
            context.report(&rules::SOLUTION_VERSION, version.span, path, message, "write x.y.z, as in 3.0.0");
        }
    }
}

/// `YYYY-MM-DD`, a day that exists.
fn check_date(date: &Text, path: &str, context: &mut Context<'_>) {
    if !is_date(&date.value) {
        let message = format!("`{}` is not a date", date.value);
        context.report(&rules::DATE, date.span, path, message, "write YYYY-MM-DD");
    }
}

fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    let number = |part: &str, digits: usize| -> Option<u32> {
        (part.len() == digits && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse().ok())?
    };
    let (Some(year), Some(month), Some(day)) = (number(year, 4), number(month, 2), number(day, 2)) else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u32::from(leap),
        _ => return false,
    };
    (1..=days).contains(&day)
}

fn check_categories(categories: &model::Categories, context: &mut Context<'_>) {
    let path = "solution.categories";
    if categories.domains.is_empty() && !context.is_broken(path) {
        let message = "the solution is in no domain";
        context.report(&rules::CATEGORY, categories.span, path, message, format!("add one of {}", DOMAINS.join("; ")));
    }
    for (list, known, what) in
        [(&categories.domains, &DOMAINS[..], "domain"), (&categories.verticals, &VERTICALS[..], "vertical")]
    {
        for text in list {
            if !known.contains(&text.value.as_str()) {
                let help = match did_you_mean(&text.value, known.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("write one of {}", known.join("; ")),
                };
                context.report(
                    &rules::CATEGORY,
                    text.span,
                    path,
                    format!("`{}` is not a {what} of Content Hub", text.value),
                    help,
                );
            }
        }
    }
}

fn support(given: &model::Support, context: &mut Context<'_>) -> Support {
    let path = "solution.support";
    context.length(&given.name, &format!("{path}.name"), 200, "our limit");
    if !TIERS.contains(&given.tier.value.as_str()) {
        let message = format!("`{}` is not a tier of support", given.tier.value);
        context.report(&rules::SUPPORT, given.tier.span, path, message, "write Microsoft, Partner or Community");
    }
    if given.email.is_none() && given.link.is_none() {
        let message = "the support has neither an e-mail address nor a link";
        context.report(&rules::SUPPORT, given.name.span, path, message, "add `link: https://…` or `email:`");
    }
    if let Some(link) =
        given.link.as_ref().filter(|link| !link.value.starts_with("https://") || link.value.contains(' '))
    {
        let message = format!("`{}` is not an https link", link.value);
        context.report(&rules::SUPPORT, link.span, path, message, "begin with `https://`");
    }
    if let Some(email) = &given.email {
        let sound = email.value.split_once('@').is_some_and(|(name, domain)| {
            !name.is_empty() && domain.split('.').count() > 1 && !domain.starts_with('.') && !domain.ends_with('.')
        });
        if !sound || email.value.contains(char::is_whitespace) {
            let message = format!("`{}` is not an e-mail address", email.value);
            context.report(&rules::SUPPORT, email.span, path, message, "write name@domain");
        }
    }
    Support {
        span: given.span,
        name: given.name.clone(),
        email: given.email.clone(),
        tier: given.tier.clone(),
        link: given.link.clone(),
    }
}

fn releases(solution: &Solution, context: &mut Context<'_>) -> Vec<Release> {
    let path = "solution.releaseNotes";
    let head = || Release {
        version: solution.version.clone(),
        date: solution.last_publish_date.clone().unwrap_or_else(|| solution.first_publish_date.clone()),
        changes: vec![Spanned::new("Initial release of the solution.".to_owned(), solution.version.span)],
    };
    if solution.release_notes.is_empty() {
        return vec![head()];
    }
    let mut releases: Vec<Release> = Vec::new();
    for (i, release) in solution.release_notes.iter().enumerate() {
        check_date(&release.date, &format!("{path}[{i}].date"), context);
        let parsed = semver::Version::parse(&release.version.value).ok();
        if parsed.is_none() {
            let message = format!("`{}` is not a version of three numbers", release.version.value);
            context.report(&rules::RELEASES, release.version.span, path, message, "write x.y.z");
        }
        let newer = releases.last().and_then(|above| semver::Version::parse(&above.version.value).ok());
        if newer.is_some() && parsed.is_some() && parsed >= newer {
            let message = "release notes are newest first, each version once";
            context.report(&rules::RELEASES, release.version.span, path, message, "move it up");
        }
        if release.changes.is_empty() {
            context.report(&rules::RELEASES, release.span, path, "a release without changes", "say what changed");
        }
        releases.push(Release {
            version: release.version.clone(),
            date: release.date.clone(),
            changes: release.changes.clone(),
        });
    }
    if let Some(first) = releases.first().filter(|first| first.version.value != solution.version.value) {
        let message = format!(
            "the newest release is {}, and the solution's version is {}",
            first.version.value, solution.version.value
        );
        context.report(&rules::RELEASES, first.version.span, path, message, "add a row for the new version");
    }
    releases
}

fn check_branding(text: &Text, path: &str, context: &mut Context<'_>) {
    let mut from = 0;
    while let Some(at) = text.value[from..].find("Sentinel").map(|i| from + i) {
        let before = &text.value[..at];
        let after = text.value[at + "Sentinel".len()..].chars().next();
        let word_starts = !before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '-');
        let word_ends = !after.is_some_and(|c| c.is_alphanumeric() || c == '_');
        let microsoft = before.trim_end() != before && before.trim_end().ends_with("Microsoft");
        if word_starts && word_ends && !microsoft {
            let message = "the product is called Microsoft Sentinel";
            context.report(&rules::BRANDING, text.span, path, message, "write `Microsoft Sentinel`");
            return;
        }
        from = at + "Sentinel".len();
    }
}

fn check_assumed(solution: &Solution, context: &mut Context<'_>) {
    for key in &solution.assumed {
        if !KEYS.contains(&key.value.as_str()) {
            context.unknown_name("key of the solution", "solution.assumed", key, "solution.assumed", &KEYS);
        }
    }
    if let Some(first) = solution.assumed.first() {
        let names: Vec<&str> = solution.assumed.iter().map(|key| key.value.as_str()).collect();
        let message = format!("assumed, not published by the vendor: {}", names.join(", "));
        context.report(
            &rules::ASSUMED,
            first.span,
            "solution.assumed",
            message,
            "confirm them before a submission, then remove them here",
        );
    }
}

fn check_keywords(solution: &Solution, context: &mut Context<'_>) {
    for (list, key, max) in
        [(&solution.keywords, "keywords", 2), (&solution.marketplace_categories, "marketplaceCategories", 2)]
    {
        if let Some(extra) = list.get(max) {
            let message = format!("`{key}` has {} entries; the offer takes {max}", list.len());
            context.report(&rules::OFFER_LISTS, extra.span, &format!("solution.{key}"), message, "remove the rest");
        }
    }
}

/// A name without blanks.
fn compact(name: &str) -> String {
    name.split_whitespace().collect()
}

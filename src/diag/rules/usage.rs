//! SG0010–SG0019: what a command line names: paths, folders, codes.

super::rules! {
    /// ## What it does
    /// Reports a path on the command line at which there is nothing.
    ///
    /// ## Why it matters
    /// A build that silently skips a spec looks like a build of everything.
    ///
    /// ## Example
    /// ```sh
    /// sentinel-gen build spec/pulumy-cloud   # the folder is called spec/pulumi-cloud
    /// ```
    ///
    /// ## Fix
    /// Correct the path. Without any path, `build`, `check` and `diff` take every `sentinel.yaml` under `spec/`.
    SPEC_NOT_FOUND = 10 "spec-not-found" Error,
        source: "documented: this program's own command line, docs/cli.md";

    /// ## What it does
    /// Reports a folder that holds no `sentinel.yaml`, neither directly nor further down.
    ///
    /// ## Why it matters
    /// There is nothing to build, and the run would end well without having done anything.
    ///
    /// ## Example
    /// ```sh
    /// sentinel-gen check docs
    /// ```
    ///
    /// Folders whose name begins with a period are not searched.
    ///
    /// ## Fix
    /// Name another folder, or name the file if the spec is called otherwise: `sentinel-gen check drafts/okta.yaml`.
    NO_SPEC = 11 "no-spec-in-folder" Error,
        source: "documented: this program's own command line, docs/cli.md";

    /// ## What it does
    /// Reports two specs whose output would land in the same folder.
    ///
    /// ## Why it matters
    /// A solution's folder under `output/` and `golden/` is called like the folder that holds its spec. One of the two
    /// would overwrite the other. Letters that differ in case alone count as the same, as they do on many disks.
    ///
    /// ## Example
    /// ```sh
    /// sentinel-gen build spec/okta drafts/okta
    /// ```
    ///
    /// ## Fix
    /// Rename one of the folders, or build the two in separate runs with their own `--out`.
    SAME_SOLUTION_FOLDER = 12 "same-solution-folder" Error,
        source: "documented: this program's own command line, docs/cli.md";

    /// ## What it does
    /// Reports a path on the command line that is there but cannot be used: it may not be read or searched, or its name is
    /// not text.
    ///
    /// ## Why it matters
    /// Specs behind it would be missing from the run without a word.
    ///
    /// ## Example
    /// ```sh
    /// chmod 000 spec/okta
    /// sentinel-gen build spec
    /// ```
    ///
    /// ## Fix
    /// Change its permissions or its name, or leave it out.
    UNREADABLE_PATH = 13 "unreadable-path" Error,
        source: "documented: the operating system's own reasons, which the message repeats";

    /// ## What it does
    /// Reports a code that is not that of any finding.
    ///
    /// ## Why it matters
    /// `explain` has nothing to show.
    ///
    /// ## Example
    /// ```sh
    /// sentinel-gen explain SG0099
    /// ```
    ///
    /// ## Fix
    /// Take the code from the finding, or the name behind it, such as `spec-not-found`. `docs/rules/README.md` lists all.
    UNKNOWN_CODE = 14 "unknown-code" Error,
        source: "documented: this program's own table of findings, docs/rules";

    /// ## What it does
    /// Reports a folder with several specs where a command works on one.
    ///
    /// ## Why it matters
    /// `deploy` and `teardown` change one solution in one workspace; which one must not be a guess.
    ///
    /// ## Example
    /// ```sh
    /// sentinel-gen deploy spec -g rg-soc --workspace ws-soc
    /// ```
    ///
    /// ## Fix
    /// Name the spec: `sentinel-gen deploy spec/pulumi-cloud …`.
    SEVERAL_SPECS = 15 "several-specs" Error,
        source: "documented: this program's own command line, docs/cli.md";

    /// ## What it does
    /// Reports a column on the command line of `lineage` that no table of the solution has.
    ///
    /// ## Why it matters
    /// An empty answer would look like a column that comes from nowhere and that nothing reads.
    ///
    /// ## Example
    /// ```sh
    /// sentinel-gen lineage spec/pulumi-cloud userlogin_s   # the column is called UserLogin_s
    /// ```
    ///
    /// ## Fix
    /// Write the name as the table declares it, upper and lower case included, or `Table.Column`. Without a column, all are
    /// shown.
    UNKNOWN_COLUMN = 16 "unknown-column" Error,
        source: "documented: this program's own command line, docs/cli.md";
}

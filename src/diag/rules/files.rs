//! SG0001–SG0009: files that cannot be read, the spec itself or one that it names.

super::rules! {
    /// ## What it does
    /// Reports a file that does not exist: the spec, or one that it names with `file:`.
    ///
    /// ## Why it matters
    /// Without the file there is nothing to build from.
    ///
    /// ## Example
    /// ```yaml
    /// transform: { file: tranform.kql }   # the file is called transform.kql
    /// ```
    ///
    /// ## Fix
    /// Correct the name. Paths start at the spec's folder, have `/` between their parts, and tell upper from lower case on
    /// every system, so that a spec that builds here builds everywhere.
    FILE_NOT_FOUND = 1 "file-not-found" Error, source: "documented: how sentinel-gen reads files (README, the spec in one walk)";

    /// ## What it does
    /// Reports a folder where a file is meant.
    ///
    /// ## Why it matters
    /// A folder has no text.
    ///
    /// ## Example
    /// ```yaml
    /// logo: { file: images }
    /// ```
    ///
    /// ## Fix
    /// Name the file in it: `images/logo.svg`.
    FILE_IS_DIRECTORY = 2 "file-is-directory" Error, source: "documented: how sentinel-gen reads files (README, the spec in one walk)";

    /// ## What it does
    /// Reports a file outside of the spec's folder, reached by `..`, by an absolute path or through a symbolic link.
    ///
    /// ## Why it matters
    /// A solution is one folder: it can be copied, reviewed and built anywhere, and a spec from elsewhere cannot put files of
    /// this machine into a package.
    ///
    /// ## Example
    /// ```yaml
    /// query: { file: ../shared/query.kql }
    /// ```
    ///
    /// ## Fix
    /// Copy the file into the spec's folder.
    FILE_OUTSIDE = 3 "file-outside-folder" Error, source: "documented: how sentinel-gen reads files (README, the spec in one walk)";

    /// ## What it does
    /// Reports a file above the size limit: 4 MiB for a spec and for each text that it names.
    ///
    /// ## Why it matters
    /// A spec of that size is another file under the wrong name. The limit keeps time and memory bounded.
    ///
    /// ## Example
    /// ```sh
    /// sentinel-gen check access.log   # 12 MiB
    /// ```
    ///
    /// ## Fix
    /// Name the right file; move long texts into files of their own.
    FILE_TOO_LARGE = 4 "file-too-large" Error, source: "assumed: ten times the largest package found among published solutions (observed: 374 KB)";

    /// ## What it does
    /// Reports a file that is not UTF-8, with the offset of the first byte that does not fit.
    ///
    /// ## Why it matters
    /// Read as another encoding, names and texts would change without notice.
    ///
    /// ## Example
    /// ```sh
    /// iconv -t UTF-16 spec/okta/sentinel.yaml > okta.yaml
    /// sentinel-gen check okta.yaml
    /// ```
    ///
    /// In UTF-16 the first byte does not fit, in Windows-1252 the first umlaut does not.
    ///
    /// ## Fix
    /// Save it as UTF-8. A byte order mark at the start is allowed.
    FILE_NOT_UTF8 = 5 "file-not-utf8" Error, source: "documented: YAML 1.2.2, chapter 5.2 (UTF-8 is the recommended encoding; sentinel-gen takes no other)";

    /// ## What it does
    /// Reports a file that the system does not hand out, with the system's own words.
    ///
    /// ## Why it matters
    /// Without the file there is nothing to build from.
    ///
    /// ## Example
    /// ```sh
    /// chmod 000 spec/okta/sentinel.yaml
    /// sentinel-gen check spec/okta/sentinel.yaml
    /// ```
    ///
    /// ## Fix
    /// Make the file readable, and run again.
    FILE_UNREADABLE = 6 "file-unreadable" Error, source: "observed: the operating system refuses to read the file";
}

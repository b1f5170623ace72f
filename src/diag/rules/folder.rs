//! SG0020–SG0039: the folders that a build writes and compares with.

super::rules! {
    /// ## What it does
    /// Reports that a file or folder of a build could not be made, read, written or removed.
    ///
    /// ## Why it matters
    /// Half a bundle deploys half a connector. So everything that a build changes is first written beside the old files,
    /// and takes their place only when all of it is there: with this finding, the old files are still whole.
    ///
    /// ## Example
    /// ```sh
    /// chmod -w output
    /// sentinel-gen build
    /// ```
    ///
    /// ## Fix
    /// Make room, change the permissions of the folder named, or build into another one with `--out`.
    OUTPUT_NOT_WRITABLE = 20 "output-not-writable" Error,
        source: "documented: the errors of the operating system's file calls (POSIX EACCES, ENOSPC, EROFS)";

    /// ## What it does
    /// Reports a file in the output folder that the build would overwrite and that no build has written.
    ///
    /// ## Why it matters
    /// `build-list.json` says which files are a build's own. A file that is not in it, and has other contents than the
    /// build would give it, is somebody's work.
    ///
    /// ## Example
    /// ```sh
    /// mkdir -p output/pulumi-cloud/docs
    /// echo 'My notes' > output/pulumi-cloud/docs/README.md
    /// sentinel-gen build
    /// ```
    ///
    /// ## Fix
    /// Move or delete the file named, or build into another folder with `--out`. A file with the very same contents is
    /// taken over without a word.
    OUTPUT_FILE_OF_OTHERS = 21 "output-file-of-others" Error,
        source: "assumed: a compiler must not overwrite what it has not written";

    /// ## What it does
    /// Reports a file where the build needs a folder, or a folder where it needs a file.
    ///
    /// ## Why it matters
    /// Neither can take the other's place without losing what is there.
    ///
    /// ## Example
    /// ```sh
    /// touch output
    /// sentinel-gen build
    /// ```
    ///
    /// ## Fix
    /// Move or delete what is named, or build into another folder with `--out`.
    OUTPUT_WRONG_KIND = 22 "output-wrong-kind" Error,
        source: "documented: the errors of the operating system's file calls (POSIX ENOTDIR, EISDIR)";

    /// ## What it does
    /// Reports a symbolic link in the output folder, where the build needs a file or folder of its own.
    ///
    /// ## Why it matters
    /// A build that follows a link writes outside the folder that it was given. The output folder itself may be a link;
    /// nothing below it may.
    ///
    /// ## Example
    /// ```sh
    /// ln -s /srv/www output/pulumi-cloud/docs
    /// sentinel-gen build
    /// ```
    ///
    /// ## Fix
    /// Replace the link by a folder, or build into another folder with `--out` and copy from there.
    OUTPUT_LINK = 23 "output-link" Error,
        source: "documented: symbolic links are followed by every file call that does not refuse them (POSIX open)";

    /// ## What it does
    /// Says that the output folder did not fit its `build-list.json`, and that this build has put it right.
    ///
    /// ## Why it matters
    /// A build that was killed, a file that was edited or deleted, a lost list: until now, what lay there was not what a
    /// build had made.
    ///
    /// ## Example
    /// ```sh
    /// echo >> output/pulumi-cloud/deploy/azuredeploy.json
    /// sentinel-gen build
    /// ```
    ///
    /// ## Fix
    /// Nothing to do. To keep a change that was made by hand, make it in the spec.
    OUTPUT_HEALED = 24 "output-healed" Notice,
        source: "observed: the sizes and hashes in build-list.json against the files";

    /// ## What it does
    /// Reports that the output folder does not fit its `build-list.json`.
    ///
    /// ## Why it matters
    /// What lies there is not what a build has made: deploying or comparing it says nothing about the spec.
    ///
    /// ## Example
    /// ```sh
    /// echo >> output/pulumi-cloud/deploy/azuredeploy.json
    /// sentinel-gen diff --against output
    /// ```
    ///
    /// ## Fix
    /// Run `sentinel-gen build`; it puts the folder right.
    OUTPUT_DOES_NOT_FIT = 25 "output-does-not-fit" Warning,
        source: "observed: the sizes and hashes in build-list.json against the files";

    /// ## What it does
    /// Reports that another sentinel-gen is writing the same output folder and did not finish in time.
    ///
    /// ## Why it matters
    /// Two builds that replace the same files in turn would leave a mixture of both.
    ///
    /// ## Example
    /// ```sh
    /// flock output/pulumi-cloud/.lock sleep 60 &   # stands for another build
    /// sentinel-gen build spec/pulumi-cloud
    /// ```
    ///
    /// ## Fix
    /// Wait for the other one, or give each its own folder with `--out`.
    OUTPUT_IN_USE = 26 "output-in-use" Error,
        source: "documented: advisory file locks (POSIX flock, Windows LockFileEx)";

    /// ## What it does
    /// Reports a file name of a build that not every system can store: one that leaves the folder, is empty, has a
    /// control character or one of `\ : * ? " < > |`, ends with a space or full stop, is a device name of Windows, differs
    /// from another one in case alone, or is one that the build keeps for itself.
    ///
    /// ## Why it matters
    /// A bundle is checked out on other systems, and the package goes into a repository that is used on all of them.
    ///
    /// ## Example
    /// ```yaml
    /// solution:
    ///   name: Con   # package/Solutions/Con/ cannot be stored on Windows
    /// ```
    ///
    /// ## Fix
    /// Change the name in the spec that the file is named after.
    OUTPUT_FILE_NAME = 27 "output-file-name" Error,
        source: "documented: Microsoft, Naming Files, Paths, and Namespaces";

    /// ## What it does
    /// Reports that a stored build, such as `golden/<solution>/`, could not be read.
    ///
    /// ## Why it matters
    /// Without it there is nothing to compare with.
    ///
    /// ## Example
    /// ```sh
    /// chmod 000 golden/pulumi-cloud
    /// sentinel-gen diff
    /// ```
    ///
    /// ## Fix
    /// Name the folder that holds the solutions' folders, and make it readable.
    GOLDEN_NOT_READABLE = 28 "golden-not-readable" Error,
        source: "documented: the errors of the operating system's file calls";

    /// ## What it does
    /// Refuses to store a build as the expected one in a folder that `build` writes.
    ///
    /// ## Why it matters
    /// The folder's `build-list.json` would no longer fit, and a comparison with what the next build overwrites anyway
    /// shows nothing.
    ///
    /// ## Example
    /// ```sh
    /// sentinel-gen diff --against output --bless
    /// ```
    ///
    /// ## Fix
    /// Run `sentinel-gen build` to write the output folder, and bless a folder of its own such as `golden/`.
    GOLDEN_IS_OUTPUT = 29 "golden-is-output" Error,
        source: "assumed: expectations and build products are kept apart";
}

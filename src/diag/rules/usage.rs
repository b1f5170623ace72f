//! Rules about the files and arguments of a run.
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
    /// A log or an archive named `sentinel.yaml`.
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
    /// A spec saved as UTF-16 (its first byte does not fit) or as Windows-1252 (the first umlaut does not).
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
    /// A file without read permission.
    ///
    /// ## Fix
    /// Make the file readable, and run again.
    FILE_UNREADABLE = 6 "file-unreadable" Error, source: "observed: the operating system refuses to read the file";

    /// ## What it does
    /// Reports a path on the command line at which there is nothing.
    ///
    /// ## Why it matters
    /// A build that silently skips a spec looks like a build of everything.
    ///
    /// ## Example
    /// `sentinel-gen build spec/pulumy-cloud` where the folder is called `spec/pulumi-cloud`.
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
    /// `sentinel-gen check docs`. Folders whose name begins with a period are not searched.
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
    /// `spec/okta/sentinel.yaml` and `drafts/okta/sentinel.yaml` in one run.
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
    /// A folder under `spec/` that belongs to another user.
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
    /// `sentinel-gen explain SG0099`
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
    /// `sentinel-gen deploy spec -g rg-security --workspace ws-security`
    ///
    /// ## Fix
    /// Name the spec: `sentinel-gen deploy spec/pulumi-cloud …`.
    SEVERAL_SPECS = 15 "several-specs" Error,
        source: "documented: this program's own command line, docs/cli.md";

    /// ## What it does
    /// Reports that a file or folder of a build could not be made, read, written or removed.
    ///
    /// ## Why it matters
    /// Half a bundle deploys half a connector. So everything that a build changes is first written beside the old files,
    /// and takes their place only when all of it is there: with this finding, the old files are still whole.
    ///
    /// ## Example
    /// `output/` belongs to another user, or the disk is full.
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
    /// `output/pulumi-cloud/docs/README.md` was written by hand before the first build.
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
    /// `output` is a file.
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
    /// `output/pulumi-cloud/docs` is a link to `/srv/www`.
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
    /// `deploy/azuredeploy.json` was edited by hand after the last build.
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
    /// A build was killed while it replaced files.
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
    /// Two CI jobs build the same spec in one workspace.
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
    /// A solution named `Pulumi: Cloud` would make `package/Solutions/Pulumi: Cloud/`.
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
    /// `--against` names a file, or a folder that the user may not read.
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
    /// `sentinel-gen diff --against output --bless`
    ///
    /// ## Fix
    /// Run `sentinel-gen build` to write the output folder, and bless a folder of its own such as `golden/`.
    GOLDEN_IS_OUTPUT = 29 "golden-is-output" Error,
        source: "assumed: expectations and build products are kept apart";

    /// ## What it does
    /// Reports that the Azure CLI is not on this machine, or not in a folder of `PATH`.
    ///
    /// ## Why it matters
    /// `deploy` and `teardown` leave all talking with Azure to the real `az`: it has the sign-in, the retries and the
    /// messages that you know.
    ///
    /// ## Example
    /// A build agent without the Azure CLI.
    ///
    /// ## Fix
    /// Install it (<https://aka.ms/installazurecli>, or `pip install azure-cli`), sign in with `az login`, and run the
    /// command again. `--dry-run` shows without az what would be run.
    AZ_MISSING = 40 "az-missing" Error,
        source: "documented: Azure CLI, how to install it; the command is `az`, on Windows `az.cmd`";

    /// ## What it does
    /// Tells at which step az failed. What az itself said of it stands above; its exit code is the exit code of the run.
    ///
    /// ## Why it matters
    /// A deployment has several steps, and the way on depends on the one that failed.
    ///
    /// ## Example
    /// `az ended with code 3 at this step: ask for the workspace's region`: there is no such workspace in that group.
    ///
    /// ## Fix
    /// Follow what az says. Often: `az login`, `az account set --subscription …`, or another `-g` or `--workspace`. Right
    /// after a new table was made, Azure may say `InvalidOutputTable`: run the same command again after a minute.
    AZ_FAILED = 41 "az-failed" Error,
        source: "observed: exit codes of azure-cli 2.91 (1 refused, 2 wrong arguments, 3 not found)";

    /// ## What it does
    /// Reports that az could not be started or waited for although it was found.
    ///
    /// ## Why it matters
    /// Nothing was handed over.
    ///
    /// ## Example
    /// The `az` in `PATH` is a script whose interpreter is gone.
    ///
    /// ## Fix
    /// Make `az version` work in the same terminal first.
    AZ_NOT_STARTED = 42 "az-not-started" Error,
        source: "documented: the operating system's own reasons, which the message repeats";

    /// ## What it does
    /// Reports an answer of az that does not say what was asked.
    ///
    /// ## Why it matters
    /// Going on would mean guessing the region of a deployment, or what may be removed.
    ///
    /// ## Example
    /// The `az` in `PATH` is a wrapper that prints a banner.
    ///
    /// ## Fix
    /// Let `az` be the Azure CLI itself; for the region, `--location` makes the question unnecessary.
    AZ_ANSWER = 43 "az-answer" Error,
        source: "observed: output of `az monitor log-analytics workspace show` and `az stack group show`, azure-cli 2.91";

    /// ## What it does
    /// Reports a `--param` or `--secret` for an input that the solution does not have.
    ///
    /// ## Why it matters
    /// Azure refuses a template with a parameter that it does not declare, after minutes; and a mistyped name leaves the
    /// right one without its value.
    ///
    /// ## Example
    /// `--param orgname=acme` where the spec says `orgName`.
    ///
    /// ## Fix
    /// Take the names from `inputs:` in the spec. `enableAnalyticRules` is there as well if the solution has rules.
    UNKNOWN_PARAM = 44 "unknown-param" Error,
        source: "documented: Azure Resource Manager, template parameters; refused as InvalidTemplate";

    /// ## What it does
    /// Reports a `--param` or `--secret` that is not in its form. What was written is not repeated: it may be a secret.
    ///
    /// ## Why it matters
    /// Without a name, or without a source, there is nothing to hand over.
    ///
    /// ## Example
    /// `--secret accessToken=pul-…`, the secret itself instead of where it is.
    ///
    /// ## Fix
    /// Write `--param NAME=VALUE`, and `--secret NAME=env:VARIABLE`, `--secret NAME=file:PATH` or `--secret NAME=prompt`.
    /// A secret that has been on a command line is in the shell's history: change it.
    MALFORMED_OPTION = 45 "malformed-option" Error,
        source: "documented: this program's own command line, docs/cli.md";

    /// ## What it does
    /// Refuses a secret input in `--param`.
    ///
    /// ## Why it matters
    /// Arguments are in the shell's history and in the list of processes, which every user of the machine can read.
    ///
    /// ## Example
    /// `--param accessToken=pul-…`
    ///
    /// ## Fix
    /// Say where the secret is: `--secret accessToken=env:PULUMI_TOKEN`, `file:PATH` or `prompt`. It reaches az in a file
    /// that only you can read and that is removed afterwards. A secret that has been on a command line should be changed.
    SECRET_IN_PARAM = 46 "secret-in-param" Error,
        source: "documented: proc(5), /proc/PID/cmdline is readable by everyone; Azure CLI, advice on secrets in arguments";

    /// ## What it does
    /// Reports an input that the solution needs and that was not given, or given without a value.
    ///
    /// ## Why it matters
    /// Azure would refuse the deployment, or the connector would poll an address that is not there.
    ///
    /// ## Example
    /// `sentinel-gen deploy spec/pulumi-cloud -g rg --workspace ws` without `--param orgName=…`.
    ///
    /// ## Fix
    /// Add `--param NAME=VALUE`, or `--secret NAME=…` for a secret one. In a terminal, secrets are asked for.
    MISSING_INPUT = 47 "missing-input" Error,
        source: "documented: Azure Resource Manager, a parameter without default must have a value";

    /// ## What it does
    /// Reports a value that an input does not take: none of the options of a choice, no http(s) address for a URL, neither
    /// `true` nor `false` for a switch.
    ///
    /// ## Why it matters
    /// Azure would refuse it after minutes; a wrong address it would not even notice.
    ///
    /// ## Example
    /// `--param apiUrl=api.pulumi.com`
    ///
    /// ## Fix
    /// Take one of the values that the message names.
    VALUE_NOT_ALLOWED = 48 "value-not-allowed" Error,
        source: "documented: Azure Resource Manager, allowedValues of a parameter";

    /// ## What it does
    /// Reports an input that was given twice.
    ///
    /// ## Why it matters
    /// Which of the two was meant is anybody's guess.
    ///
    /// ## Example
    /// `--param orgName=acme --param orgName=acme-test`
    ///
    /// ## Fix
    /// Leave one out.
    GIVEN_TWICE = 49 "given-twice" Error,
        source: "documented: this program's own command line, docs/cli.md";

    /// ## What it does
    /// Reports a `--secret` for an input that is not a secret.
    ///
    /// ## Why it matters
    /// Its value is no secret to Azure: it would be shown in the deployment's history. Whoever took it for one should know.
    ///
    /// ## Example
    /// `--secret orgName=env:ORG`
    ///
    /// ## Fix
    /// Write `--param NAME=VALUE`, or mark the input with `secret: true` in the spec.
    NOT_A_SECRET = 50 "not-a-secret" Error,
        source: "documented: Azure Resource Manager, only securestring parameters are kept out of the history";

    /// ## What it does
    /// Reports a secret that is not where `--secret` says, or is empty, or is not text.
    ///
    /// ## Why it matters
    /// An empty token deploys well and then fails at every poll.
    ///
    /// ## Example
    /// `--secret accessToken=env:PULUMI_TOKEN` where the variable is not set.
    ///
    /// ## Fix
    /// Set the variable, correct the path (one line break at the end of a file is not part of the secret), or run in a
    /// terminal and let it ask.
    SECRET_UNAVAILABLE = 51 "secret-unavailable" Error,
        source: "documented: this program's own command line, docs/cli.md";

    /// ## What it does
    /// Reports a `--param` for something that has an option of its own.
    ///
    /// ## Why it matters
    /// The workspace and the region are needed for more than the template; said twice, they could contradict each other.
    ///
    /// ## Example
    /// `--param location=westeurope`
    ///
    /// ## Fix
    /// Write `--location` or `--workspace`.
    PARAM_WITH_OPTION = 52 "param-with-option" Error,
        source: "documented: this program's own command line, docs/cli.md";

    /// ## What it does
    /// Reports the name of a resource group or workspace that Azure would not allow.
    ///
    /// ## Why it matters
    /// The names become parts of addresses. A whole resource id in the place of a name would address something else.
    ///
    /// ## Example
    /// `--workspace /subscriptions/…/workspaces/ws-security`
    ///
    /// ## Fix
    /// Give the name alone; the subscription is az's default one or `--subscription`.
    UNUSABLE_NAME = 53 "unusable-name" Error,
        source: "documented: Azure, naming rules of resource groups (1-90) and of Log Analytics workspaces (4-63, letters, digits, hyphens)";

    /// ## What it does
    /// Names a resource that `teardown` leaves because its name is an expression that only Azure can work out.
    ///
    /// ## Why it matters
    /// It stays, and may cost money.
    ///
    /// ## Example
    /// A workbook in `resources:` whose name is `[guid(resourceGroup().id)]`, deployed without `--stack`.
    ///
    /// ## Fix
    /// Remove it by hand. Deployed with `--stack`, Azure itself knows what belongs to the solution.
    LEFT_BEHIND = 54 "left-behind" Warning,
        source: "documented: Azure, deployment stacks list the resources that they manage; plain deployments do not remove any";

    /// ## What it does
    /// Reports that the file with the values of the deployment could not be written, or not be removed.
    ///
    /// ## Why it matters
    /// It holds the secrets. It must be private, and it must go.
    ///
    /// ## Example
    /// The disk with the temporary folder is full.
    ///
    /// ## Fix
    /// Make room there, or set `TMPDIR` to a folder of your own. If the message says that the file is still there, remove
    /// it.
    NO_PRIVATE_FILE = 55 "no-private-file" Error,
        source: "documented: the operating system's own reasons, which the message repeats";
}

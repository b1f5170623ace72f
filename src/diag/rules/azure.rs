//! SG0040–SG0069: the options of `deploy` and `teardown`, and the Azure CLI that they hand over to.

super::rules! {
    /// ## What it does
    /// Reports that the Azure CLI is not on this machine, or not in a folder of `PATH`.
    ///
    /// ## Why it matters
    /// `deploy` and `teardown` leave all talking with Azure to the real `az`: it has the sign-in, the retries and the
    /// messages that you know.
    ///
    /// ## Example
    /// ```sh
    /// type az   # not found
    /// sentinel-gen deploy spec/pulumi-cloud -g rg-soc --workspace ws-soc --param orgName=acme
    /// ```
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
    /// ```sh
    /// sentinel-gen deploy spec/pulumi-cloud -g rg-soc --workspace no-such-workspace --param orgName=acme
    /// ```
    ///
    /// `az ended with code 3 at this step: ask for the workspace's region`
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
    /// ```sh
    /// head -1 "$(command -v az)"   # #!/opt/az/bin/python3, which is gone
    /// sentinel-gen deploy spec/pulumi-cloud -g rg-soc --workspace ws-soc --param orgName=acme
    /// ```
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
    /// ```sh
    /// cat "$(command -v az)"   # a wrapper that prints a banner before it starts the Azure CLI
    /// sentinel-gen deploy spec/pulumi-cloud -g rg-soc --workspace ws-soc --param orgName=acme
    /// ```
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
    /// ```sh
    /// sentinel-gen deploy spec/pulumi-cloud -g rg-soc --workspace ws-soc --param orgname=acme   # the spec says orgName
    /// ```
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
    /// ```sh
    /// sentinel-gen deploy spec/pulumi-cloud -g rg-soc --workspace ws-soc --secret accessToken=pul-…
    /// ```
    ///
    /// This is the secret itself, instead of where it is.
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
    /// ```sh
    /// sentinel-gen deploy spec/pulumi-cloud -g rg-soc --workspace ws-soc --param accessToken=pul-…
    /// ```
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
    /// ```sh
    /// sentinel-gen deploy spec/pulumi-cloud -g rg-soc --workspace ws-soc   # no --param orgName=…
    /// ```
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
    /// ```sh
    /// sentinel-gen deploy spec/pulumi-cloud -g rg-soc --workspace ws-soc --param apiUrl=api.pulumi.com
    /// ```
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
    /// ```sh
    /// sentinel-gen deploy spec/pulumi-cloud -g rg-soc --workspace ws-soc --param orgName=acme --param orgName=acme-test
    /// ```
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
    /// ```sh
    /// sentinel-gen deploy spec/pulumi-cloud -g rg-soc --workspace ws-soc --secret orgName=env:ORG
    /// ```
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
    /// ```sh
    /// unset PULUMI_TOKEN
    /// sentinel-gen deploy spec/pulumi-cloud -g rg-soc --workspace ws-soc --secret accessToken=env:PULUMI_TOKEN
    /// ```
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
    /// ```sh
    /// sentinel-gen deploy spec/pulumi-cloud -g rg-soc --workspace ws-soc --param location=westeurope
    /// ```
    ///
    /// ## Fix
    /// Write `--location`, `--workspace` or `--connection`.
    PARAM_WITH_OPTION = 52 "param-with-option" Error,
        source: "documented: this program's own command line, docs/cli.md";

    /// ## What it does
    /// Reports the name of a resource group or workspace that Azure would not allow, or the name of a connection with other
    /// characters than letters, digits and hyphens.
    ///
    /// ## Why it matters
    /// The names become parts of addresses. A whole resource id in the place of a name would address something else.
    ///
    /// ## Example
    /// ```sh
    /// sentinel-gen deploy spec/pulumi-cloud -g rg-soc --workspace /subscriptions/…/workspaces/ws-security
    /// ```
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
    /// ```yaml
    /// resources:
    ///   - stage: deploy
    ///     resource:
    ///       type: Microsoft.Insights/workbooks
    ///       apiVersion: "2022-04-01"
    ///       name: "[guid(resourceGroup().id)]"
    /// ```
    ///
    /// The solution was deployed without `--stack`.
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
    /// ```sh
    /// TMPDIR=/nowhere sentinel-gen deploy spec/pulumi-cloud -g rg-soc --workspace ws-soc --param orgName=acme
    /// ```
    ///
    /// ## Fix
    /// Make room there, or set `TMPDIR` to a folder of your own. If the message says that the file is still there, remove
    /// it.
    NO_PRIVATE_FILE = 55 "no-private-file" Error,
        source: "documented: the operating system's own reasons, which the message repeats";

    /// ## What it does
    /// Reports a `--connection` for a solution whose connectors have one connection each.
    ///
    /// ## Why it matters
    /// A page with a button connects once in a workspace, and the bundle keeps to that: a second deployment replaces the
    /// connection, whatever it is called.
    ///
    /// ## Example
    /// ```sh
    /// sentinel-gen deploy spec/nginx-access -g rg-soc --workspace ws-soc --connection emea
    /// ```
    ///
    /// ## Fix
    /// Leave it out. If several make sense, say in the spec what the page's list of connections shows:
    ///
    /// ```yaml
    /// connections:
    ///   columns:
    ///     Organization: properties.request.queryParameters.orgName
    /// ```
    ONE_CONNECTION = 56 "one-connection" Error,
        source: "documented: Codeless Connector Framework, a page has a button to connect or a list of connections with a pane that adds to it";
}

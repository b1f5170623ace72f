//! SG71xx: what the evaluation of a template finds, be it one that a build emits or one that `arm` is given.

super::rules! {
    /// ## What it does
    /// Reports a file that is no JSON, also with what Resource Manager forgives: comments, a comma behind the last item,
    /// names without quotes.
    ///
    /// ## Why it matters
    /// The deployment is refused before anything is looked at.
    ///
    /// ## Example
    /// ```json
    /// { "resources": [ { "name": "a" } { "name": "b" } ] }
    /// ```
    ///
    /// ## Fix
    /// Correct the text at the place that the finding names; it says what was expected there.
    NOT_JSON = 7100 "template-not-json" Error, source: "observed: Resource Manager reads templates with a lenient JSON reader";

    /// ## What it does
    /// Reports JSON that is no template: a section is missing, unknown or of the wrong type, or a resource, a parameter or
    /// a loop lacks what it has to have.
    ///
    /// ## Why it matters
    /// The deployment is refused as a whole.
    ///
    /// ## Example
    /// ```json
    /// { "type": "Microsoft.OperationsManagement/solutions", "name": "a" }
    /// ```
    /// (a resource without `apiVersion`)
    ///
    /// ## Fix
    /// Add or correct what the message names.
    SHAPE = 7101 "template-shape" Error, source: "documented: Microsoft Learn, structure and syntax of ARM templates";

    /// ## What it does
    /// Reports a text in brackets that is no expression.
    ///
    /// ## Why it matters
    /// Every text that begins with `[` and ends with `]` is evaluated. The deployment is refused, at the pass that gets
    /// to see it: when the package is installed, or only when someone connects.
    ///
    /// ## Example
    /// ```json
    /// { "description": "[draft]", "name": "[concat('a', parameters('x')]" }
    /// ```
    ///
    /// ## Fix
    /// Correct the expression. A text that is none begins with `[[`: one bracket is taken away.
    EXPRESSION = 7102 "template-expression" Error, source: "documented: Microsoft Learn, syntax and expressions in ARM templates";

    /// ## What it does
    /// Reports an expression that asks for what is not there: a parameter, a variable, a function, a member of an object,
    /// the index of a loop.
    ///
    /// ## Why it matters
    /// The deployment is refused. In a content template this shows only when someone connects.
    ///
    /// ## Example
    /// ```json
    /// { "name": "[parameters('worksapce')]" }
    /// ```
    ///
    /// ## Fix
    /// Take one of the names that the finding lists, or declare it.
    UNKNOWN_NAME = 7103 "template-unknown-name" Error, source: "documented: Microsoft Learn, ARM template functions";

    /// ## What it does
    /// Reports a template function with too few or too many arguments, or with one of a type or value that it does not
    /// take.
    ///
    /// ## Why it matters
    /// The deployment is refused.
    ///
    /// ## Example
    /// ```json
    /// { "name": "[concat(parameters('list'), 'a')]" }
    /// ```
    /// (`concat` takes strings, or arrays, not both)
    ///
    /// ## Fix
    /// Give the function what the message says that it takes.
    ARGUMENT = 7104 "template-argument" Error, source: "documented: Microsoft Learn, ARM template functions";

    /// ## What it does
    /// Reports a parameter without a value, or with one that its type or its constraints refuse.
    ///
    /// ## Why it matters
    /// The deployment is refused.
    ///
    /// ## Example
    /// ```json
    /// { "parameters": { "tier": { "type": "string", "allowedValues": ["a", "b"], "defaultValue": "c" } } }
    /// ```
    ///
    /// ## Fix
    /// Give it a value: `--param NAME=VALUE`, `--secret NAME=env:VARIABLE`, or a `defaultValue` in the template.
    PARAMETER = 7105 "template-parameter" Error, source: "documented: Microsoft Learn, parameters in ARM templates";

    /// ## What it does
    /// Reports a `dependsOn` that names what is not in the template, or goes in a circle.
    ///
    /// ## Why it matters
    /// The deployment is refused.
    ///
    /// ## Example
    /// ```json
    /// { "dependsOn": ["[resourceId('Microsoft.Insights/components', 'gone')]"] }
    /// ```
    ///
    /// ## Fix
    /// Name a resource of the same template, by its id, its name or its symbolic name; break the circle.
    DEPENDENCY = 7106 "template-dependency" Error, source: "documented: Microsoft Learn, the order in which resources are deployed";

    /// ## What it does
    /// Reports a resource whose name has more or fewer segments than its type asks for.
    ///
    /// ## Why it matters
    /// The deployment is refused.
    ///
    /// ## Example
    /// ```json
    /// { "type": "Microsoft.OperationalInsights/workspaces/tables", "name": "Orchard_CL" }
    /// ```
    ///
    /// ## Fix
    /// Write the names of the parents before it, with `/` between them: `workspace/Orchard_CL`.
    SEGMENTS = 7107 "template-name-segments" Error, source: "documented: Microsoft Learn, name and type of child resources";

    /// ## What it does
    /// Reports a resource that a template, once evaluated, holds twice: the same id.
    ///
    /// ## Why it matters
    /// The deployment is refused: each resource may be defined once in a template.
    ///
    /// ## Example
    /// ```json
    /// { "name": "[concat('a', parameters('x'))]" }
    /// ```
    /// (and another one of the type with the name `[format('a{0}', parameters('x'))]`)
    ///
    /// ## Fix
    /// Remove or rename one of the two; in a loop, use `copyIndex()` in the name.
    DUPLICATE = 7108 "template-duplicate-resource" Error, source: "documented: Microsoft Learn, template resources";

    /// ## What it does
    /// Reports a template that passes a limit of the platform: 256 parameters, 512 variables, 64 outputs, 24,576 characters
    /// of an expression, 4 MB of a file; and once it is evaluated 800 resources, 800 rounds of a loop, 1 MB of a resource,
    /// 4 MB in all.
    ///
    /// ## Why it matters
    /// The deployment is refused as a whole.
    ///
    /// ## Example
    /// ```json
    /// { "copy": { "name": "many", "count": 900 } }
    /// ```
    ///
    /// ## Fix
    /// Make it smaller, or several deployments of it. Of a solution: shorten the texts, or split it in two.
    LIMIT = 7109 "template-limit" Error, source: "documented: Microsoft Learn, limits of ARM templates";

    /// ## What it does
    /// Reports a template whose evaluation takes more work or makes more than sentinel-gen does for one: two million steps,
    /// 64 MiB, or values nested 200 deep.
    ///
    /// ## Why it matters
    /// A few lines can say more than any memory holds, such as a loop of loops. The bounds lie far above what a deployment
    /// takes.
    ///
    /// ## Example
    /// ```json
    /// { "variables": { "a": "[concat(variables('b'), variables('b'))]", "b": "[concat(variables('c'), variables('c'))]" } }
    /// ```
    /// (and so on, thirty times)
    ///
    /// ## Fix
    /// Say it with less.
    BOUND = 7110 "template-too-much" Error, source: "assumed: sixteen times what the documented limit of 4 MB lets a deployment have";

    /// ## What it does
    /// Reports an expression of which sentinel-gen does not know what Resource Manager makes of it: it depends on what only
    /// a deployment knows, or its outcome is not documented.
    ///
    /// ## Why it matters
    /// Nothing is guessed: what cannot be evaluated is not proven.
    ///
    /// ## Example
    /// ```json
    /// { "condition": "[equals(reference('a').sku, 'b')]" }
    /// ```
    ///
    /// ## Fix
    /// Say it in a way that is known before the deployment, or look at this part yourself.
    CANNOT_EVALUATE = 7111 "template-cannot-evaluate" Error, source: "documented: Microsoft Learn, ARM template functions; what they leave open is not assumed";

    /// ## What it does
    /// Reports a member that an object of a template has twice.
    ///
    /// ## Why it matters
    /// The last one holds, and the others are lost without a word.
    ///
    /// ## Example
    /// ```json
    /// { "tags": { "team": "a", "team": "b" } }
    /// ```
    ///
    /// ## Fix
    /// Remove all but one.
    REPEATED_MEMBER = 7112 "template-repeated-member" Warning, source: "observed: Resource Manager's JSON reader keeps the last one";
}

//! SG4030–SG4039: connector pages that the author writes out.

super::rules! {
    /// ## What it does
    /// Reports a box of a connector's own `instructionSteps` that shows what is typed into it, and asks for a secret input.
    ///
    /// ## Why it matters
    /// Whoever looks over a shoulder or at a recording reads the secret.
    ///
    /// ## Example
    /// ```yaml
    /// inputs:
    ///   apiKey: { label: API key, secret: true }
    /// connectors:
    ///   - instructionSteps:
    ///       - instructions:
    ///           - { type: Textbox, parameters: { label: API key, name: apiKey, type: text } }
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    ///           - { type: Textbox, parameters: { label: API key, name: apiKey, type: password } }
    /// ```
    VISIBLE_SECRET = 4030 "visible-secret" Error,
        source: "documented: a text box of the type password or securestring hides what is typed";

    /// ## What it does
    /// Reports a box of a connector's own `instructionSteps` whose name is no input that the connector uses.
    ///
    /// ## Why it matters
    /// Whoever connects fills it in, and nothing comes of it. Most often the name is misspelt, or the input is used nowhere.
    ///
    /// ## Example
    /// ```yaml
    /// inputs:
    ///   host: { label: Host }
    /// connectors:
    ///   - request: { apiEndpoint: "https://{{host}}/events" }
    ///     instructionSteps:
    ///       - instructions:
    ///           - { type: Textbox, parameters: { label: Host, name: host, type: text } }
    ///           - { type: Textbox, parameters: { label: Region, name: region, type: text } }
    /// ```
    ///
    /// ## Fix
    /// Use what it asks for, as `{{region}}`, or remove the box.
    UNUSED_BOX = 4031 "unused-box" Warning,
        source: "observed: Microsoft's packager makes a parameter of each box, and nothing reads that of this one";

    /// ## What it does
    /// Reports a drop-down for an input without `options`, and another box for one that has some.
    ///
    /// ## Why it matters
    /// A drop-down hands over a list with what was chosen, every other box a text. An input with options is read as a list,
    /// the others as texts: the wrong box makes a connector of the wrong value, or none.
    ///
    /// ## Example
    /// ```yaml
    /// inputs:
    ///   region: { label: Region, options: [{ key: eu, text: Europe }, { key: us, text: United States }] }
    /// connectors:
    ///   - instructionSteps:
    ///       - instructions:
    ///           - { type: Textbox, parameters: { label: Region, name: region, type: text } }
    /// ```
    ///
    /// ## Fix
    /// ```yaml
    ///           - type: Dropdown
    ///             parameters:
    ///               label: Region
    ///               name: region
    ///               options: [{ key: eu, text: Europe }, { key: us, text: United States }]
    /// ```
    BOX_TYPE = 4032 "box-type" Error,
        source: "observed: Microsoft's packager gives a drop-down a parameter of the type array, and each text box one of the type securestring";
}

use sentinel_gen::*;
fn main() {
    let dir = "spec/pulumi-cloud/";
    let mut w = source::MemoryWorld::default();
    for f in ["sentinel.yaml", "logo.svg"] {
        w = w.with(f, std::fs::read_to_string(format!("{dir}{f}")).unwrap());
    }
    let c = pipeline::compile(&w, "sentinel.yaml", "spec/pulumi-cloud/sentinel.yaml", &backend::Target::ALL);
    for d in c.diagnostics.iter() {
        println!("{} {:?} {} | {} | {:?}", d.code(), d.severity, d.path, d.message, d.help);
    }
    if let Some(s) = &c.solution {
        println!("{:#?}", s.connectors[0].ui.get("title"));
    }
    if let Some(g) = &c.graph {
        for r in &g.resources {
            println!("{:?} {:?} {} {:?}", r.symbol, r.kind, r.name, r.depends_on);
        }
    }
    if let Some(b) = &c.bundle {
        for (f, a) in &b.files {
            println!("{f} {}", a.bytes.len());
        }
    }
    if std::env::args().nth(1).is_some() {
        std::fs::write("schemas/spec.schema.json", serde_json::to_string_pretty(&model::json_schema()).unwrap())
            .unwrap();
    }
}

use crate::fixture::{Workplace, assert_expected};

#[test]
fn lineage_is_told_as_text_json_and_a_diagram() {
    let work = Workplace::new();
    let all = work.run(&["lineage", "spec/pulumi-cloud"]).ends_with(0);
    assert_eq!(all.err, "", "what is no error belongs to check");
    assert_expected("lineage.txt", &all.out);
    let one = work.run(&["lineage", "spec/pulumi-cloud", "PulumiAuditLogs_CL.UserLogin_s"]).ends_with(0);
    assert_expected("lineage-column.txt", &one.out);
    let json = work.run(&["lineage", "spec/pulumi-cloud", "UserLogin_s", "--format", "json"]).ends_with(0).json();
    let column = &json["tables"][0]["columns"][0];
    assert_eq!(json["lineageVersion"], 1);
    assert_eq!(column["filledBy"][0]["sources"][0]["paths"][0], "$.auditLogEvents[*].user.githubLogin");
    assert_eq!(column["readBy"].as_array().map(Vec::len), Some(3));
    let diagram = work.run(&["lineage", "spec/pulumi-cloud", "UserLogin_s", "--format", "mermaid"]).ends_with(0);
    assert_expected("lineage.mmd", &diagram.out);
}

#[test]
fn a_column_that_is_not_there_is_wrong_usage() {
    let work = Workplace::new();
    let ran = work.run(&["lineage", "spec/pulumi-cloud", "userlogin_s"]).ends_with(2).finds("SG0016");
    assert_eq!(ran.says("did you mean UserLogin_s?").out, "");
    let with_table = ["lineage", "spec/pulumi-cloud", "PulumiAuditLogs_CL.Event"];
    work.run(&with_table).ends_with(2).finds("SG0016").says("did you mean PulumiAuditLogs_CL.Event_s?");
    work.run(&["lineage", "spec/pulumi-cloud", "zzz"]).ends_with(2).says("leave the column out");
}

#[test]
fn lineage_needs_one_spec_without_errors() {
    let work = Workplace::new();
    work.run(&["lineage", "spec/nowhere"]).ends_with(2).finds("SG0010");
    work.copy_spec("broken/one", |text| text.replace("Event_s = event", "Event_s = evnt"));
    let broken = work.run(&["lineage", "broken/one"]).ends_with(1).finds("SG2010");
    assert_eq!(broken.out, "");
    work.copy_spec("broken/two", |text| text);
    work.run(&["lineage", "broken"]).ends_with(2).finds("SG0015");
}

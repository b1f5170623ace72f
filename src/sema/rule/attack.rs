//! Tactics and the techniques that belong to them, as the Azure-Sentinel repository's validation knows them.
//!
//! Facts from its schema tests (technique table, read in November 2026); newer ATT&CK techniques are refused there too.

use super::{Context, word};
use crate::diag::rules::rule as rules;
use crate::ir::Text;
use crate::model;
use crate::source::Spanned;

/// Tactic and its techniques, each a number after `T`, in ascending order.
const TABLE: [(&str, &[u16]); 16] = [
    ("Reconnaissance", &[1589, 1590, 1591, 1592, 1593, 1594, 1595, 1596, 1597, 1598]),
    ("ResourceDevelopment", &[1583, 1584, 1585, 1586, 1587, 1588, 1608, 1650]),
    (
        "InitialAccess",
        &[
            817, 819, 822, 847, 848, 860, 862, 864, 865, 866, 883, 886, 1078, 1091, 1133, 1189, 1190, 1195, 1199, 1200,
            1456, 1458, 1461, 1474, 1566,
        ],
    ),
    (
        "Execution",
        &[
            807, 821, 823, 834, 853, 858, 863, 871, 874, 1047, 1053, 1059, 1072, 1106, 1129, 1203, 1204, 1559, 1569,
            1575, 1603, 1609, 1610, 1623, 1648, 1651,
        ],
    ),
    (
        "Persistence",
        &[
            839, 857, 859, 873, 889, 891, 1037, 1053, 1078, 1098, 1133, 1136, 1137, 1176, 1197, 1205, 1398, 1505, 1525,
            1541, 1542, 1543, 1546, 1547, 1554, 1556, 1574, 1577, 1603, 1624, 1625, 1645,
        ],
    ),
    (
        "PrivilegeEscalation",
        &[874, 890, 1037, 1053, 1055, 1068, 1078, 1134, 1404, 1484, 1543, 1546, 1547, 1548, 1574, 1611, 1626, 1631],
    ),
    (
        "DefenseEvasion",
        &[
            820, 849, 851, 856, 858, 872, 1006, 1014, 1027, 1036, 1055, 1070, 1078, 1112, 1127, 1134, 1140, 1197, 1202,
            1205, 1207, 1211, 1216, 1218, 1220, 1221, 1222, 1406, 1407, 1480, 1484, 1497, 1516, 1535, 1541, 1542, 1548,
            1550, 1553, 1556, 1562, 1564, 1574, 1575, 1578, 1599, 1600, 1601, 1604, 1610, 1612, 1617, 1620, 1622, 1627,
            1628, 1629, 1630, 1631, 1632, 1633, 1647,
        ],
    ),
    (
        "CredentialAccess",
        &[
            1003, 1040, 1056, 1110, 1111, 1187, 1212, 1414, 1417, 1517, 1528, 1539, 1552, 1555, 1556, 1557, 1558, 1606,
            1621, 1634, 1635, 1649,
        ],
    ),
    (
        "Discovery",
        &[
            840, 842, 846, 887, 888, 1007, 1010, 1012, 1016, 1018, 1033, 1040, 1046, 1049, 1057, 1069, 1082, 1083,
            1087, 1120, 1124, 1135, 1201, 1217, 1418, 1420, 1421, 1422, 1423, 1424, 1426, 1430, 1482, 1497, 1518, 1526,
            1538, 1580, 1613, 1614, 1615, 1619, 1622, 1652,
        ],
    ),
    (
        "LateralMovement",
        &[812, 843, 859, 866, 867, 886, 891, 1021, 1072, 1080, 1091, 1210, 1428, 1458, 1534, 1550, 1563, 1570],
    ),
    (
        "Collection",
        &[
            801, 802, 811, 830, 845, 852, 861, 868, 877, 887, 893, 1005, 1025, 1039, 1056, 1074, 1113, 1114, 1115,
            1119, 1123, 1125, 1185, 1213, 1409, 1414, 1417, 1429, 1430, 1512, 1513, 1517, 1530, 1532, 1533, 1557, 1560,
            1602, 1616, 1636, 1638,
        ],
    ),
    (
        "CommandAndControl",
        &[
            869, 884, 885, 1001, 1008, 1071, 1090, 1092, 1095, 1102, 1104, 1105, 1132, 1205, 1219, 1437, 1481, 1509,
            1521, 1544, 1568, 1571, 1572, 1573, 1616, 1637, 1644,
        ],
    ),
    ("Exfiltration", &[1011, 1020, 1029, 1030, 1041, 1048, 1052, 1537, 1567, 1639, 1646]),
    (
        "Impact",
        &[
            813, 815, 826, 827, 828, 829, 831, 832, 837, 879, 880, 882, 1464, 1471, 1485, 1486, 1489, 1490, 1491, 1495,
            1496, 1498, 1499, 1516, 1529, 1531, 1561, 1565, 1582, 1616, 1640, 1641, 1642, 1643,
        ],
    ),
    ("ImpairProcessControl", &[806, 836, 839, 855, 856]),
    ("InhibitResponseFunction", &[800, 803, 804, 805, 809, 814, 816, 835, 838, 851, 857, 878, 881, 892]),
];

/// Every tactic, in the order of an attack.
pub fn tactics() -> impl Iterator<Item = &'static str> {
    TABLE.iter().map(|(name, _)| *name)
}

/// The tactics of a technique such as `T1098` or `T1098.001`; `None` for another shape, empty for an unknown one.
pub fn tactics_of(technique: &str) -> Option<Vec<&'static str>> {
    let (base, sub) = technique.split_once('.').map_or((technique, None), |(base, sub)| (base, Some(sub)));
    let digits = base.strip_prefix('T').filter(|digits| digits.len() == 4 && all_digits(digits))?;
    if sub.is_some_and(|sub| sub.len() != 3 || !all_digits(sub)) {
        return None;
    }
    let number: u16 = digits.parse().ok()?;
    Some(TABLE.iter().filter(|(_, list)| list.binary_search(&number).is_ok()).map(|(name, _)| *name).collect())
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

/// Checks a rule's tactics and techniques.
pub fn check(rule: &model::AnalyticRule, path: &str, context: &mut Context<'_>) {
    let techniques = techniques(rule);
    if rule.tactics.is_empty() || techniques.is_empty() {
        let message = format!("`{}` has no complete MITRE ATT&CK mapping", rule.name.value);
        let help = "add `tactics` and `relevantTechniques`; certification rejects rules without them";
        context.report(&rules::NO_ATTACK, rule.name.span, path, message, help);
    }
    check_names(&rule.tactics, &techniques, path, context);
}

/// A rule's techniques under both of their names, each once.
pub fn techniques(rule: &model::AnalyticRule) -> Vec<Text> {
    let mut all: Vec<Text> = Vec::new();
    for technique in rule.relevant_techniques.iter().chain(&rule.techniques) {
        if !all.iter().any(|other| other.value == technique.value) {
            all.push(technique.clone());
        }
    }
    all
}

/// A tactic that is written with blanks, without them, as the packaging tool takes it; every other as it is.
pub fn spelled(tactic: &Text) -> Text {
    let joined = tactic.value.replace(' ', "");
    let known = tactics().find(|known| **known == joined);
    known.map_or_else(|| tactic.clone(), |known| Spanned::new(known.to_owned(), tactic.span))
}

/// Checks that tactics and techniques are known, and belong together.
pub fn check_names(given: &[Text], techniques: &[Text], path: &str, context: &mut Context<'_>) {
    let known: Vec<&str> = tactics().collect();
    for (i, tactic) in given.iter().enumerate() {
        word(tactic, &known, &format!("{path}.tactics[{i}]"), context);
    }
    for (i, technique) in techniques.iter().enumerate() {
        let path = format!("{path}.relevantTechniques[{i}]");
        let spelled: Vec<Text> = given.iter().map(self::spelled).collect();
        let listed = spelled.iter().map(|tactic| tactic.value.as_str()).collect::<Vec<_>>();
        match tactics_of(&technique.value) {
            None => {
                let message = format!("`{}` is not a technique", technique.value);
                context.report(
                    &rules::TECHNIQUE,
                    technique.span,
                    &path,
                    message,
                    "write T and four digits, then a sub-technique of three if there is one: T1098.001",
                );
            }
            Some(tactics) if tactics.is_empty() => {
                let message = format!("the repository's table does not know `{}`", technique.value);
                context.report(
                    &rules::TECHNIQUE,
                    technique.span,
                    &path,
                    message,
                    "take a technique that it knows; newer ATT&CK ids are refused there",
                );
            }
            Some(tactics) if !tactics.iter().any(|tactic| listed.contains(tactic)) => {
                let message = format!("`{}` belongs to none of the listed tactics", technique.value);
                context.report(
                    &rules::TECHNIQUE,
                    technique.span,
                    &path,
                    message,
                    format!("add one of its tactics: {}", tactics.join(", ")),
                );
            }
            Some(_) => {}
        }
    }
}

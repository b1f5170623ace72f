#!/usr/bin/env node
// Reads the signatures of KQL's functions, aggregates, plug-ins and operators out of the referee (the vendor's language
// library) and prints them in the notation of src/kql/data/functions.txt. Run it in a copy of the referee:
//   cd target/kql-oracle && npm install && node ../../tests/tools/kql_signatures.mjs > ../../src/kql/data/functions.txt
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.cwd(), "x.js"));
require("@kusto/language-service-next/bridge.min.js");
require("@kusto/language-service-next/Kusto.Language.Bridge.min.js");
const { version } = require("@kusto/language-service-next/package.json");
const L = globalThis.Kusto.Language;
const S = L.Symbols;

function list(l) {
  const out = [];
  if (!l) return out;
  const e = globalThis.Bridge.getEnumerator(l);
  while (e.moveNext()) out.push(e.Current);
  return out;
}
const nameIn = (kinds, value) => Object.keys(kinds).find((k) => kinds[k] === value);

function type(t) {
  if (t instanceof S.DynamicArraySymbol) return `array<${type(t.ElementType)}>`;
  if (t instanceof S.DynamicBagSymbol) return "bag";
  if (t instanceof S.TableSymbol) return `table(${list(t.Columns).map((c) => `${c.Name}:${type(c.Type)}`).join(",")})`;
  return t.Name;
}

function parameter(p) {
  let s = p.Name;
  if (p.MinOccurring !== 1 || p.MaxOccurring !== 1) {
    s += p.MinOccurring === 0 && p.MaxOccurring === 1 ? "?" : `*${p.MinOccurring}-${p.MaxOccurring}`;
  }
  // One plug-in of the library says 13 where it means a type.
  const kind = nameIn(S.ArgumentKind, p.ArgumentKind) ?? "Expression";
  if (kind !== "Expression") s += ` @${kind}`;
  const declared = p.TypeKind === S.ParameterTypeKind.Declared;
  s += ` ${declared ? list(p.DeclaredTypes).map(type).join("|") : nameIn(S.ParameterTypeKind, p.TypeKind)}`;
  const values = list(p.Values).map(String);
  if (values.length) s += ` {${values.join("|")}}${p.IsCaseSensitive ? "!" : ""}`;
  if (p.DefaultValueIndicator) s += ` ~${p.DefaultValueIndicator}`;
  return s;
}

const layouts = S.ParameterLayouts;
function layout(l) {
  if (l === layouts.Fixed) return "fixed";
  if (l === layouts.Repeating) return "repeating";
  if (l === layouts.RepeatingSkipping) return "skipping";
  if (l === layouts.BlockRepeating) return "block";
  return "own";
}

function signature(g) {
  const kind = nameIn(S.ReturnTypeKind, g.ReturnKind);
  const result = kind === "Declared" ? `=${type(g.DeclaredReturnType)}` : kind;
  return `\t${layout(g.Layout)} ${result} : ${list(g.Parameters).map(parameter).join("; ")}`.trimEnd();
}

function entry(word, f) {
  const name = f.Name || nameIn(S.OperatorKind, f.OperatorKind);
  let head = `${word} ${name}`;
  const names = f.ResultNameKind === undefined ? "None" : nameIn({ ...S.ResultNameKind, Default: undefined }, f.ResultNameKind);
  if (names && names !== "None") head += ` names=${names}`;
  if (f.ResultNamePrefix) head += ` prefix=${f.ResultNamePrefix}`;
  if (f.IsConstantFoldable) head += " fold";
  if (f.CustomAvailability) head += " graph";
  if (f.IsObsolete || f.Alternative) head += " old";
  return [head, ...list(f.Signatures).map(signature)].join("\n");
}

console.log(`# Signatures of KQL's functions, aggregates, plug-ins and operators: names, parameters, result types and naming rules.
# Facts read out of @kusto/language-service-next ${version} (Microsoft, MIT) by tests/tools/kql_signatures.mjs, November 2026.
# An entry is a line \`kind name [names=RULE] [prefix=TEXT] [fold] [graph] [old]\`, followed by its signatures:
#   layout result : name[?|*min-max] [@argument kind] type|type [{values}[!]] [~default]; …
# \`=type\` is a fixed result; other results and type names are rules of src/kql/types. \`!\`: values are case-sensitive.`);
for (const [word, all] of [["function", L.Functions.All], ["aggregate", L.Aggregates.All], ["plugin", L.PlugIns.All], ["operator", L.Operators.All]]) {
  for (const f of list(all)) console.log(entry(word, f));
}

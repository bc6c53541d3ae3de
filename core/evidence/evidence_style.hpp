#pragma once

namespace cdss::evidence {

/// The style of the evidence page: reads on a wide screen, on a narrow one, where each row of a
/// table becomes a block as the widest tables would not fit, and on paper. The page's policy admits
/// it by its hash.
inline constexpr const char* kEvidenceStyle = R"css(
:root { color-scheme: light; --ink: #1c2430; --soft: #55606e; --line: #d5dbe3; --back: #f4f6f9; --link: #0b5394; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 1.5rem 1.25rem 4rem; background: #fff; color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
h1 { margin: 0 0 .5rem; font-size: 1.75rem; line-height: 1.2; }
h2 { margin: 2.5rem 0 .75rem; padding-bottom: .25rem; border-bottom: 2px solid var(--line); font-size: 1.25rem; }
p { margin: 0 0 .75rem; max-width: 48rem; }
a { color: var(--link); text-underline-offset: .15em; }
code { font: .875em ui-monospace, "SFMono-Regular", Menlo, Consolas, "Liberation Mono", monospace;
  overflow-wrap: anywhere; }
.lead { color: var(--soft); font-size: 1.0625rem; }
.statement { margin: 1.25rem 0; padding: .875rem 1rem; border-left: .375rem solid #b45309; background: #fef6e7; }
.statement p { margin: 0; font-weight: 600; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.25rem; margin: 1.25rem 0; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
nav ul { display: flex; flex-wrap: wrap; gap: .375rem 1.25rem; margin: 1.25rem 0 0; padding: .75rem 1rem;
  background: var(--back); list-style: none; }
table { max-width: 100%; margin: .75rem 0; border-collapse: collapse; font-size: .9375rem; }
th, td { padding: .4375rem 1rem .4375rem 0; border-bottom: 1px solid var(--line); text-align: left;
  vertical-align: top; }
th { color: var(--soft); font-weight: 600; }
td p { margin: 0 0 .25rem; }
td a { white-space: nowrap; }
td.number, th.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
td.id { min-width: 4.5rem; }
td.id code { overflow-wrap: break-word; }
tr:target, li:target { background: #fff3c4; }
.note { color: var(--soft); font-size: .9375rem; }
@media screen and (max-width: 72rem) {
  table { font-size: .875rem; }
  th, td { padding-right: .5rem; }
}
@media screen and (max-width: 60rem) {
  body { padding: 1rem .875rem 3rem; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: .5rem; }
  thead { position: absolute; left: -999rem; }
  td a { white-space: normal; }
  table, tbody, tr, td { display: block; }
  tr { padding: .5rem 0; border-bottom: 1px solid var(--line); }
  td, td.number { position: relative; min-height: 1.75rem; padding: .125rem 0 .125rem 7.5rem; border: 0;
    text-align: left; white-space: normal; overflow-wrap: anywhere; }
  td:empty { display: none; }
  td::before { content: attr(data-title); position: absolute; left: 0; width: 7rem; color: var(--soft); }
}
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  p { max-width: none; }
  table { font-size: 7.5pt; }
  th, td { padding: .2rem .4rem .2rem 0; }
  td.id { min-width: 3rem; }
  nav { display: none; }
  a { color: inherit; text-decoration: none; }
  h2 { break-after: avoid; }
  tr, .statement { break-inside: avoid; }
  thead { display: table-header-group; }
}
)css";

}  // namespace cdss::evidence

// Texts that a record may hold and a card must not act on. Each says by `ran(name)` that it was run, and each holds the
// mark, by which a test sees whether record text reaches the card at all.

export const mark = 'zq7';

/** {name: text}. Lone surrogates and NUL are left out: a request that holds them is refused. */
export const payloads = {
  script: `${mark}<script>ran('script')</script>`,
  image: `${mark}<img src=x onerror="ran('image')">`,
  svg: `${mark}<svg onload="ran('svg')"><animate onbegin="ran('svg')" attributeName=x dur=1s>`,
  frame: `${mark}<iframe srcdoc="<script>parent.ran('frame')</script>"></iframe>`,
  details: `${mark}<details open ontoggle="ran('details')"><summary>x</summary></details>`,
  focus: `${mark}<input autofocus onfocus="ran('focus')">`,
  unclosed: `${mark}<img src=x onerror=ran('unclosed') x="`,
  closing: `${mark}--></p></li></ul></td></table></div></section></body></html><script>ran('closing')</script>`,
  comment: `${mark}<!-- the rest is gone `,
  style: `${mark}<style>* { display: none; width: 9000px }</style>`,
  swallow: `${mark}<plaintext>`,
  textarea: `${mark}<textarea>`,
  link: `[${mark}](javascript:ran('link'))`,
  link_in_disguise: `[${mark}](JaVaScRiPt&colon;ran('link')) <java&#115;cript:ran('link')>`,
  data_link: `[${mark}](data:text/html,<script>parent.ran('data')</script>)`,
  definition: `${mark}\n\n[1]: javascript:ran('definition)\n\n[1]`,
  picture: `![${mark}](https://evil.example/${mark}.png "x")`,
  bare_links: `${mark} https://evil.example/a www.evil.example ${mark}@evil.example <https://evil.example>`,
  entities: `${mark}&lt;script&gt;ran('entities')&lt;/script&gt;&#60;img src=x onerror=ran('entities')&#62;&#x202e;&nbsp;&#0;`,
  escapes: `${mark}\\<img src=x onerror=ran('escapes')\\>\\\\[x](javascript:ran('escapes'))`,
  table: `| ${mark} | ${'b'.repeat(80)} |\n|---|---|\n| ${'| '.repeat(60)}`,
  pipes: `${mark} || | | \\| |`,
  ticks: `${mark} \` \`\` \`\`\`\n<img src=x onerror=ran('ticks')>\n~~~`,
  blocks: `# ${mark}\n\n- [ ] x\n\n> x\n\n---\n\n    code\n\n***x*** ~~x~~ <b>x`,
  long: mark + 'W'.repeat(5000),
  long_with_dots: `${mark}.`.repeat(1200),
  chinese: mark + '髂腰肌疼痛'.repeat(1000),
  arabic: `${mark} ألم في الورك الأيمن بعد تبديل المفصل `.repeat(100),
  hebrew_numbers: `כאב 12.5 ${mark} (ירך) <ימין>`,
  emoji: mark + '👩🏽‍⚕️🦴'.repeat(300),
  overrides: `\u202e${mark}\u202d\u2066\u2067 siht\u2069\u200f\u061c`,
  combining: mark + '\u0301'.repeat(2000),
  controls: `${mark}\u0001\u0007\u001b[31m\u007f\u0085\u2028\u2029\ufeff\u0008`,
  invisible: `${mark}\u200b\u200c\u2060\u00ad<\u200bscript>ran('invisible')</script>`,
};

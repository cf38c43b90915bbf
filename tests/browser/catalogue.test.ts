/** The catalogue is complete in both languages, and no page says anything that is not in it. Needs no browser. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';
import { describe, expect, test } from 'vitest';

const web = fileURLToPath(new URL('../../src/web/', import.meta.url));
const sections = readdirSync(`${web}i18n`, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

type Tree = { [key: string]: string | string[] | Tree | ((...parameters: string[]) => string) };

async function halves(section: string): Promise<{ en: Tree; zh: Tree }> {
  const { en } = await import(`../../src/web/i18n/${section}/en.ts`);
  const { zh } = await import(`../../src/web/i18n/${section}/zh.ts`);
  return { en, zh };
}

/** Every leaf by its path; sentences with parameters are spoken with marked ones. */
function leaves(
  tree: Tree,
  path = '',
  mark = (index: number) => `«${index}»`,
): Map<string, { text: string; parameters: number }> {
  const found = new Map<string, { text: string; parameters: number }>();
  for (const [key, value] of Object.entries(tree)) {
    const here = path === '' ? key : `${path}.${key}`;
    if (typeof value === 'string') found.set(here, { text: value, parameters: 0 });
    else if (typeof value === 'function') {
      const marks = Array.from({ length: value.length }, (_, index) => mark(index));
      found.set(here, { text: value(...marks), parameters: value.length });
    } else if (Array.isArray(value))
      value.forEach((text, index) => void found.set(`${here}[${index}]`, { text, parameters: 0 }));
    else for (const [deeper, leaf] of leaves(value, here, mark)) found.set(deeper, leaf);
  }
  return found;
}

describe.each(sections)('section %s', (section) => {
  test('has the same keys with the same parameters in both languages, and no empty text', async () => {
    const { en, zh } = await halves(section);
    const [english, chinese] = [leaves(en), leaves(zh)];
    expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
    for (const [key, { text, parameters }] of english) {
      expect(chinese.get(key)?.parameters, key).toBe(parameters);
      expect(`${key}: ${text.trim()}`).not.toBe(`${key}: `);
    }
  });

  test('the Chinese half is Chinese, and speaks of 放弃, never of 呼损', async () => {
    const { zh } = await halves(section);
    // Names that are the same in both languages.
    const same = /^(?:Fairline|English|中文|CSV|Cohen kappa 系数|Gwet AC1 系数|[«\d»\s…，.,×／–-]+|[−+]5 秒)$/;
    for (const [key, { text }] of leaves(zh)) {
      expect(same.test(text) || /\p{Script=Han}/u.test(text), `${key}: ${text}`).toBe(true);
      expect(text, key).not.toContain('呼损');
    }
  });

  test('the English half has no Chinese but the name of the language', async () => {
    const { en } = await halves(section);
    for (const [key, { text }] of leaves(en)) if (text !== '中文') expect(text, key).not.toMatch(/\p{Script=Han}/u);
  });
});

/** One word for one thing: what is not said, and what is said in its place. */
const saidOtherwise: Record<string, string> = {
  评判: '判定',
  裁决: '裁定',
  试用: '免费体验',
  停售: '暂停营销',
  停岗: '暂停营销',
  编造: '伪造',
  虚构同意: '伪造同意',
  现场巡查: '质检巡查',
  属实: '成立',
  成交: '营销成功',
  拨打量: '已外呼',
  试听: '收听',
  耳语: '密语',
  沙箱: '模拟线路',
  预留: '预占',
  呼损: '放弃率',
  座席: '坐席',
  弃呼: '放弃',
  重新载入: '重新加载',
};

/** Everything Chinese that a reader meets: the pages, and the files and messages that the server writes. */
const chineseTexts = async (): Promise<[string, string][]> => {
  const pages = await Promise.all(
    sections.map(async (section) => {
      const { zh } = await halves(section);
      return [...leaves(zh)].map(([key, { text }]): [string, string] => [`${section}.${key}`, text]);
    }),
  );
  const server = ['src/http/reason-lists.ts'].map((path): [string, string] => [
    path,
    readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8'),
  ]);
  return [...pages.flat(), ...server];
};

test('one thing has one Chinese name', async () => {
  const faults = (await chineseTexts()).flatMap(([key, text]) =>
    Object.entries(saidOtherwise)
      .filter(([word]) => text.includes(word))
      .map(([word, instead]) => `${key}: ${instead}, not ${word}`),
  );
  expect(faults).toEqual([]);
});

test('Chinese has its own punctuation', async () => {
  const narrow = /\p{Script=Han}[,;:?!()]|[,;:?!(]\p{Script=Han}/u;
  const faults = (await chineseTexts()).filter(([key, text]) => !key.endsWith('.ts') && narrow.test(text));
  expect(faults).toEqual([]);
});

test.each(sections)('in English, one is singular: section %s', async (section) => {
  const plural = /(?<![\w,.–÷:])1 (?:[a-z-]+ )?(?!(?:is|was|has|as|this|its|asks)\b)[a-z]{3,}s\b/;
  const { en } = await halves(section);
  const faults = [...leaves(en, '', () => '1')].filter(([, { text }]) => plural.test(text));
  expect(faults).toEqual([]);
});

type Node = { type: string; [key: string]: unknown };
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value;
const spoken = new Set([
  'title',
  'label',
  'placeholder',
  'alt',
  'hint',
  'aria-label',
  'aria-valuetext',
  'okText',
  'cancelText',
  'note',
]);
const hasWords = (text: unknown): text is string => typeof text === 'string' && /\p{L}{2,}/u.test(text);
const nameOf = (value: unknown): string => (isNode(value) && typeof value.name === 'string' ? value.name : '');

/** Words that stand in JSX itself: children and attributes that are read aloud or shown. */
function wordsIn(node: Node, found: string[], parent = ''): string[] {
  if (node.type === 'JSXText' && hasWords(node.value)) found.push(node.value.trim());
  if (node.type === 'JSXAttribute' && spoken.has(nameOf(node.name)) && isNode(node.value) && hasWords(node.value.value))
    found.push(node.value.value);
  if (
    node.type === 'JSXExpressionContainer' &&
    parent === 'JSXElement' &&
    isNode(node.expression) &&
    hasWords(node.expression.value)
  )
    found.push(node.expression.value);
  // The names of keys on the keyboard are the same in every language.
  const element = isNode(node.openingElement) ? nameOf(node.openingElement.name) : '';
  if (element === 'Key' || element === 'kbd' || element === 'option') return found;
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) wordsIn(child, found, node.type);
  }
  return found;
}

const sources = readdirSync(web, { recursive: true, encoding: 'utf8' }).filter((path) => !path.startsWith('i18n'));

test('no page has words of its own', () => {
  const found = sources
    .filter((path) => path.endsWith('.tsx'))
    .flatMap((path) => {
      const { program, errors } = parseSync(path, readFileSync(web + path, 'utf8'));
      expect(errors, path).toEqual([]);
      const root: unknown = program;
      return isNode(root) ? wordsIn(root, []).map((text) => `${path}: ${text}`) : [];
    });
  expect(found).toEqual([]);
});

test('no Chinese stands outside the catalogue', () => {
  const found = sources.filter(
    (path) => /\.tsx?$/.test(path) && /\p{Script=Han}/u.test(readFileSync(web + path, 'utf8')),
  );
  expect(found).toEqual([]);
});

/** Data of the business that come in two languages by themselves: criteria, phrases of transcripts, reasons, what a list's columns, a customer's replies and types are called, the demonstration. */
const data =
  /^(qa\/rules\/((forms|sale)\/|transcript\/phrases\.ts)|qa\/adapters\/speech\/sandbox\.ts|dialer\/(rules\/(text|list-line|calendar|customers\/month-line|segments\/starting-set)|engine\/external-lists)\.ts|src\/(seed\/|http\/reason-lists\.ts))/;

test('the server takes its words from the catalogue: no Chinese stands in its code beside the data', () => {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const found = ['src', 'dialer', 'qa'].flatMap((folder) =>
    readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
      .map((path) => `${folder}/${path}`)
      .filter((path) => /(?<!\.d)\.ts$/.test(path) && !path.startsWith('src/web/') && !data.test(path))
      .filter((path) => {
        const code = readFileSync(`${root}${path}`, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
        return /\p{Script=Han}/u.test(code);
      }),
  );
  // Said before there is a page to choose a language on.
  expect(found).toEqual(['src/app.ts']);
});

test('every action and every kind of subject in the audit log has its words', async () => {
  const { en } = await import('../../src/web/i18n/audit/en.ts');
  const server = fileURLToPath(new URL('../../', import.meta.url));
  const texts = ['src/http', 'src/compose', 'qa/adapters', 'qa/workflow'].flatMap((folder) =>
    readdirSync(`${server}${folder}`, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => readFileSync(`${server}${folder}/${path}`, 'utf8')),
  );
  const said = (pattern: RegExp) =>
    new Set(texts.flatMap((text) => [...text.matchAll(pattern)].map(([, code = '']) => code)));
  // What is recorded by a constant is written at the call: note(viewer, 'number-blocked', …), { action: 'exported' }.
  const actions = said(/(?:\bnote\(\s*[\w.]+,\s*|\baction: )'([a-z-]+)'(?=[,)}\s])/g);
  const kinds = said(/\bsubjectType: '([a-z-]+)'/g);
  expect(actions.size).toBeGreaterThan(40);
  expect([...actions].filter((code) => !['defer', 'finish'].includes(code) && !(code in en.actions))).toEqual([]);
  expect([...kinds].filter((code) => !(code in en.subjects))).toEqual([]);
  // Details stand where they are noted, too: detail: { role: row.role }, note(viewer, 'script-withdrawn', id, { why }).
  const routes = readdirSync(`${server}src/http/routes`).map((file) => `src/http/routes/${file}`);
  const noted = [...routes, 'src/handoffs/to-audit.ts'].map((path) => readFileSync(server + path, 'utf8')).join('\n');
  const details = [...noted.matchAll(/(?:\bdetail(?:: | = )|\bnote\([^{}()]*)\{ ([^{}]+) \}/g)]
    .flatMap(([, parts = '']) => parts.split(', '))
    .map((part) => part.replace(/:.*/, ''))
    .filter((key) => /^[a-zA-Z]+$/.test(key) && !['path', 'equals'].includes(key));
  expect(details.length).toBeGreaterThan(20);
  expect([...new Set(details)].filter((key) => !(key in en.details))).toEqual([]);
});

test.each(['case', 'sale'] as const)('everything that happens to a %s has its words', async (subject) => {
  const { en } = await import('../../src/web/i18n/histories/en.ts');
  const rules = fileURLToPath(new URL(`../../qa/rules/${subject}/state.ts`, import.meta.url));
  const events = [...readFileSync(rules, 'utf8').matchAll(/readonly event: '([a-z-]+)'/g)].map(([, code = '']) => code);
  expect(events.length).toBeGreaterThan(8);
  const said = subject === 'case' ? en.cases : en.sales;
  expect(events.filter((code) => !(code in said))).toEqual([]);
});

test('the search for words finds them', () => {
  const { program } = parseSync('planted.tsx', 'const a = <p title="Planted one">Planted two {"Planted three"}</p>;');
  const root: unknown = program;
  expect(isNode(root) ? wordsIn(root, []) : []).toEqual(['Planted one', 'Planted two', 'Planted three']);
});

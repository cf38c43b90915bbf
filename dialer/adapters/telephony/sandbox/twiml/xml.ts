/** An element of a document: name, attributes, children in order. Text is kept where it stands. */
export type XmlElement = { name: string; attributes: Readonly<Record<string, string>>; children: readonly XmlNode[] };
export type XmlNode = XmlElement | string;

export type XmlResult = { ok: true; root: XmlElement } | { ok: false; message: string };

const NAME = /[A-Za-z_:][\w:.-]*/y;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

class Fault extends Error {}

function decode(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&([^;\s&]*);?/g, (whole, name: string) => {
    if (!whole.endsWith(';')) throw new Fault('the entity reference must end with a semicolon');
    const known = ENTITIES[name];
    if (known !== undefined) return known;
    const numeric = /^#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}))$/.exec(name);
    const code = numeric
      ? Number.parseInt(numeric[1] ?? numeric[2] ?? '', numeric[1] === undefined ? 10 : 16)
      : Number.NaN;
    if (!(code > 0 && code <= 0x10ffff)) throw new Fault(`the entity "${name}" was referenced, but not declared`);
    return String.fromCodePoint(code);
  });
}

class Parser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): XmlElement {
    if (this.#text.startsWith('\uFEFF')) this.#at = 1;
    this.#misc();
    if (this.#text[this.#at] !== '<') throw new Fault('content is not allowed in prolog');
    const root = this.#element();
    this.#misc();
    if (this.#at < this.#text.length) throw new Fault('content is not allowed after the root element');
    return root;
  }

  /** Space, comments, a declaration at the very start, processing instructions, a document type. */
  #misc(): void {
    const begin = this.#text.startsWith('\uFEFF') ? 1 : 0;
    for (;;) {
      const before = this.#at;
      while (/\s/.test(this.#text[this.#at] ?? '')) this.#at += 1;
      if (this.#text.startsWith('<?', this.#at)) {
        const declaration = /^<\?xml[\s?]/i.test(this.#text.slice(this.#at, this.#at + 6));
        if (declaration && this.#at !== begin) throw new Fault('the XML declaration must be at the very start');
        this.#skipPast('?>');
      } else if (this.#text.startsWith('<!--', this.#at)) this.#skipPast('-->');
      else if (this.#text.startsWith('<!DOCTYPE', this.#at)) this.#skipPast('>');
      else if (this.#at === before || !this.#text.startsWith('<', this.#at)) return;
      else return;
    }
  }

  #skipPast(end: string): void {
    const found = this.#text.indexOf(end, this.#at);
    if (found === -1) throw new Fault(`"${end}" is missing`);
    this.#at = found + end.length;
  }

  #name(): string {
    NAME.lastIndex = this.#at;
    const match = NAME.exec(this.#text);
    if (!match) throw new Fault('a name is expected');
    this.#at = NAME.lastIndex;
    return match[0];
  }

  #element(): XmlElement {
    this.#at += 1;
    const name = this.#name();
    const attributes = this.#attributes();
    if (this.#text.startsWith('/>', this.#at)) {
      this.#at += 2;
      return { name, attributes, children: [] };
    }
    if (this.#text[this.#at] !== '>') throw new Fault(`element "${name}" must be followed by attributes, ">" or "/>"`);
    this.#at += 1;
    return { name, attributes, children: this.#children(name) };
  }

  #attributes(): Record<string, string> {
    const attributes: Record<string, string> = {};
    for (;;) {
      const before = this.#at;
      while (/\s/.test(this.#text[this.#at] ?? '')) this.#at += 1;
      const next = this.#text[this.#at];
      if (next === '>' || next === '/' || next === undefined) return attributes;
      if (this.#at === before) throw new Fault('white space is required between attributes');
      const name = this.#name();
      const match = /^\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/.exec(this.#text.slice(this.#at));
      if (!match) throw new Fault(`the value of attribute "${name}" must be quoted`);
      if (Object.hasOwn(attributes, name)) throw new Fault(`attribute "${name}" was already specified`);
      attributes[name] = decode(match[1] ?? match[2] ?? '');
      this.#at += match[0].length;
    }
  }

  #children(parent: string): XmlNode[] {
    const children: XmlNode[] = [];
    for (;;) {
      const open = this.#text.indexOf('<', this.#at);
      if (open === -1) throw new Fault(`the element "${parent}" is not closed`);
      if (open > this.#at) children.push(decode(this.#text.slice(this.#at, open)));
      this.#at = open;
      if (this.#text.startsWith('</', open)) {
        this.#at += 2;
        const name = this.#name();
        while (/\s/.test(this.#text[this.#at] ?? '')) this.#at += 1;
        if (name !== parent || this.#text[this.#at] !== '>')
          throw new Fault(`the element "${parent}" must be ended by "</${parent}>"`);
        this.#at += 1;
        return children;
      }
      if (this.#text.startsWith('<!--', open)) this.#skipPast('-->');
      else if (this.#text.startsWith('<![CDATA[', open)) {
        this.#skipPast(']]>');
        children.push(this.#text.slice(open + 9, this.#at - 3));
      } else if (this.#text.startsWith('<?', open)) this.#skipPast('?>');
      else children.push(this.#element());
    }
  }
}

/** Parses a document strictly; a document that is not well-formed is refused with the reason. */
export function parseXml(text: string): XmlResult {
  try {
    return { ok: true, root: new Parser(text).document() };
  } catch (error) {
    if (error instanceof Fault || error instanceof RangeError) return { ok: false, message: error.message };
    throw error;
  }
}

/** The text of an element without its markup. */
export function textOf(element: XmlElement): string {
  return element.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
}

/** The child elements, without text. */
export function elementsOf(element: XmlElement): XmlElement[] {
  return element.children.filter((child) => typeof child !== 'string');
}

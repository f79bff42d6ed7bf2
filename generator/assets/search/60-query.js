/*
  Understands what a reader types into the search: names, amounts, dates, phrases. Pure functions, the same as in
  generator/search/ (folding, quantities, typos, names, shards, query); the vectors in tests/search/ run against both.
  Nothing here touches the page.
*/
(() => {
  "use strict";

  // --- folding ---
  const LETTERS = { æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ß: "ss", ẞ: "ss" };
  const plain = (text) =>
    text
      .toLowerCase()
      .replace(/[æœøłđðþıßẞ]/g, (letter) => LETTERS[letter])
      .normalize("NFKD")
      .replace(/\p{M}/gu, "");
  const fold = (text) =>
    plain(text)
      .replace(/([ao])e(?=[a-z])/g, "$1")
      .replace(/(^|[^aeq])ue(?![ds]?(?![a-z]))/g, "$1u");
  const spoken = (text) =>
    text
      .replace(/[’‘]/g, "'")
      .toLowerCase()
      .replaceAll("ß", "ss")
      .normalize("NFKC")
      .replace(/['`](?:s(?![\p{L}\p{N}]))?/gu, "")
      .match(/[\p{L}\p{N}]+/gu) || [];
  const words = (text) => spoken(text).map(fold);
  /** Returns what a compound may end with whose beginning nobody knows, the longest first: each has five letters at least. */
  const tails = (folded) => Array.from({ length: Math.max(0, folded.length - 8) }, (_, at) => folded.slice(at + 4));
  const ENDING = /(?:ern|em|en|es|er|e|(e[rl])n|([^si]|[^n]i)s)$/;
  const stem = (word) => {
    for (let round = 0; round < 2; round += 1) {
      const found = ENDING.exec(word);
      if (!found) break;
      const start = found.index + (found[1] || found[2] || "").length;
      if (start < 3) break;
      word = word.slice(0, start);
    }
    if (word.length > 3) {
      word = word.replace(/([b-df-hj-np-tv-z])\1$/, "$1");
      if (word.endsWith("y")) word = `${word.slice(0, -1)}i`;
    }
    return word;
  };

  const FAMILY = new RegExp(
    "^(.{3,}?)(?:" +
      "al|als|ance|ances|ate|ated|ates|ating|ation|ationen|ations|ator|ators|d|e|ed|em|en|ence|ences|end|ende" +
      "|endem|enden|ender|endes|ent|enten|enz|enzen|er|erin|erinnen|ern|ers|es|et|heit|heiten|ied|iere" +
      "|ieren|ierende|iert|ierte|ierten|ierter|ierung|ierungen|ies|ig|igkeit|igkeiten|ing|ings|ion|ionen" +
      "|ions|isch|ition|itionen|itions|itive|itor|itors|ive|ives|keit|keiten|lich|ment|ments|n|or|oren|ors" +
      "|s|st|t|te|ten|test|tet|ung|ungen|y" +
      ")$",
  );
  const FAMILY_OF_T = new RegExp(FAMILY.source.replace(/\|(?:t|te|ten|test|tet)(?=\|)/g, ""));
  const PARTICIPLE = /^(ab|an|auf|aus|ein|her|hin|los|mit|nach|vor|weg|zu|zuruck|)ge(?=.{4,}(?:t|te|ten|ter|tes|en)$)/;
  const rooted = [new Map(), new Map()];
  const roots = (word, endsInT = false) => {
    const known = rooted[Number(endsInT)];
    if (!known.has(word)) known.set(word, rootsOf(plain(word), endsInT ? FAMILY_OF_T : FAMILY));
    return known.get(word);
  };
  const rootsOf = (word, family) => {
    const bare = word.replace(PARTICIPLE, "$1");
    const found = [word, bare].map((one) => family.exec(one)).filter(Boolean);
    const verb = word.endsWith("ing") ? [`${word.slice(0, -3)}e`] : []; // "suing" is of "sue"
    const less = [...found.map((one) => one[1]), ...(family === FAMILY_OF_T ? [bare] : [])]; // "Gericht" is of "richten"
    const single = less.map((root) => root.replace(/([b-df-hj-np-tv-z])\1$/, "$1")); // "bidding" is of "bid"
    return [...new Set([word, ...[...less, ...single, ...verb].filter((root) => root.length >= 3)].map(fold))];
  };

  // --- typos ---
  const limit = (length) => (length >= 4) + (length >= 7);
  const digits = (word) => word.replace(/\P{Nd}/gu, "");
  const distance = (one, other, most) => {
    if (Math.abs(one.length - other.length) > most || digits(one) !== digits(other)) return null;
    let earlier = [];
    let before = [];
    let row = Array.from({ length: other.length + 1 }, (_, index) => index);
    for (let i = 1; i <= one.length; i += 1) {
      [earlier, before, row] = [before, row, [i]];
      for (let j = 1; j <= other.length; j += 1) {
        const isOther = one[i - 1] !== other[j - 1];
        let cost = Math.min(before[j] + 1, row[j - 1] + 1, before[j - 1] + isOther);
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
          cost = Math.min(cost, earlier[j - 2] + 1);
        }
        row.push(cost);
      }
      if (Math.min(...row) > most && (i < 2 || Math.min(...before) > most)) return null;
    }
    return row[other.length] <= most ? row[other.length] : null;
  };

  const mistakes = (one, other, most = 2) => {
    most = Math.min(most, limit(Math.max(one.length, other.length)));
    if (!most) return null;
    const found = [plain, fold].map((key) => distance(key(one), key(other), most)).filter((typos) => typos !== null);
    return found.length ? Math.min(...found) : null;
  };

  const beginsAlike = (one, other) => {
    if (Math.max(one.length, other.length) > 5) return true;
    const [first, second] = [plain(one), plain(other)];
    return first[0] === second[0] || (first[0] === second[1] && first[1] === second[0]);
  };

  // --- quantities ---
  const numbered = (lines, first) =>
    Object.fromEntries(lines.flatMap((names, index) => names.split("|").map((name) => [name, index + first])));
  const MONTHS = numbered(
    [
      "jan|jän|jänner|januar|jaenner|january|jaen",
      "feb|febr|februar|february",
      "mär|märz|mrz|maerz|marz|mar|march",
      "apr|april",
      "mai|may",
      "jun|juni|june",
      "jul|juli|july",
      "aug|august",
      "sep|sept|september",
      "okt|oct|oktober|october",
      "nov|november",
      "dez|dec|dezember|december",
    ],
    1,
  );
  const SEASONS = numbered(
    ["frühling|frühjahr|fruehling|fruehjahr|fruhling|fruhjahr|spring", "sommer|summer", "herbst|autumn|fall", "winter"],
    21,
  );
  const SCALES = {};
  for (const [zeros, names] of [
    [3, "tsd|tausend|thousand|k"],
    [6, "mio|mill|million|millionen|millions|mn|m"],
    [9, "mrd|mia|milliarde|milliarden|billion|billions|bn|bln|b"],
    [12, "bio|billionen|trillion|trillions|tn|trn"],
  ]) {
    for (const name of names.split("|")) SCALES[name] = zeros;
  }
  const NUMBERS = numbered(
    [
      "ein|eine|einer|einen|one",
      ...["zwei|two", "drei|three", "vier|four", "fünf|fuenf|five", "sechs|six", "sieben|seven", "acht|eight"],
      ...["neun|nine", "zehn|ten", "elf|eleven", "zwölf|zwoelf|twelve"],
    ],
    1,
  );
  const any = (table) => Object.keys(table).sort((one, other) => other.length - one.length).join("|");
  const YEAR = "(?:1[0-9]|20)[0-9]{2}";
  const DAY = "0?[1-9]|[12][0-9]|3[01]";
  const DATE = [
    `(?<isoYear>${YEAR})-(?<isoMonth>0[1-9]|1[0-2])(?:-(?<isoDay>0[1-9]|[12][0-9]|3[01]))?`,
    `(?<numDay>${DAY})\\.\\s?(?<numMonth>0?[1-9]|1[0-2])\\.\\s?(?<numYear>${YEAR})`,
    `(?<slashMonth>0?[1-9]|1[0-2])[/.](?<slashYear>${YEAR})`,
    `(?:(?<day>${DAY})(?:\\.|st|nd|rd|th)?\\s+(?:of\\s+)?)?` +
      `(?:(?<firstMonth>${any(MONTHS)})\\.?(?:\\s+(?:bis|to|and|und|or|oder|until)\\s+|\\s*[–/-]\\s*))?` +
      `(?<month>${any(MONTHS)})\\.?\\s+(?:(?<usDay>${DAY})(?:st|nd|rd|th)?,?\\s+)?(?<year>${YEAR})`,
    `(?<backYear>${YEAR})\\s+(?<backMonth>${any(MONTHS)})`,
    `(?<season>${any(SEASONS)})\\s+(?:of\\s+|des\\s+jahres\\s+)?(?<seasonYear>${YEAR})`,
  ].join("|");
  const CURRENCY = "(?:US-?Dollars?|Dollars?|Euros?|USD|EUR|US\\$|\\$|€|£)";
  const GAP = "[.,'’\\u00a0\\u202f ]";
  const AMOUNT =
    `(?:${CURRENCY}\\s?)?(?<number>[0-9]+(?:${GAP}[0-9]{3})+(?![0-9])(?:[.,][0-9]+)?|[0-9]+(?:[.,][0-9]+)?)(?!\\.[0-9])` +
    `(?:[\\s-]?(?<scale>${any(SCALES)})(?![\\p{L}\\p{N}])\\.?)?(?:[\\s-]?${CURRENCY}(?![\\p{L}\\p{N}]))?`;
  const IN_WORDS =
    `(?<number>${any(NUMBERS)})[\\s-](?<scale>${any(SCALES)})(?![\\p{L}\\p{N}])\\.?` +
    `(?:[\\s-]?${CURRENCY}(?![\\p{L}\\p{N}]))?`;
  const WORDED = new RegExp(IN_WORDS, "giu");
  const DATES = new RegExp(`(?:${DATE})(?![\\p{L}\\p{N}_/-]|[.,][0-9])`, "giu");
  const AMOUNTS = new RegExp(AMOUNT, "giu");
  const GROUPED = new RegExp(`${GAP}(?=[0-9]{3}(?![0-9]))`, "gu");

  // What may not stand before a date or an amount; lookbehind would shut out older browsers.
  const matches = function* (pattern, text, forbidden) {
    pattern.lastIndex = 0;
    for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
      if (match.index > 0 && forbidden.test(text[match.index - 1])) pattern.lastIndex = match.index + 1;
      else yield match;
    }
  };
  const month = (text) => (/^[0-9]+$/.test(text) ? Number(text) : MONTHS[text.toLowerCase()]);
  const two = (number) => String(number).padStart(2, "0");
  const dateTokens = (part) => {
    const year = Object.entries(part).find(([name, value]) => value && /year$/i.test(name))[1];
    if (part.season) return [`d${year}s${SEASONS[part.season.toLowerCase()]}`];
    const isLast = ([name, value]) => value && /month$/i.test(name) && name !== "firstMonth";
    const last = month(Object.entries(part).find(isLast)[1]);
    const day = Object.entries(part).find(([name, value]) => value && /day$/i.test(name));
    const found = day ? [`d${year}${two(last)}${two(Number(day[1]))}`] : [];
    const first = part.firstMonth ? month(part.firstMonth) : last;
    for (let at = first <= last ? first : last; at <= last; at += 1) found.push(`d${year}${two(at)}`);
    return found;
  };
  const scaled = (whole, fraction, zeros) => {
    fraction = fraction.replace(/0+$/, "");
    const number = (whole + fraction.slice(0, zeros).padEnd(zeros, "0")).replace(/^0+/, "") || "0";
    const rest = fraction.slice(zeros);
    return rest ? `n${number}p${rest}` : `n${number}`;
  };
  const amountTokens = ({ number, scale }) => {
    const [whole, fraction = ""] = number.replace(GROUPED, "").replace(",", ".").split(".");
    const isGrouped = whole.length + fraction.length + (fraction ? 1 : 0) < number.length;
    const found = scale ? [scaled(whole, fraction, SCALES[scale.toLowerCase()])] : [];
    if (fraction || isGrouped || whole.length >= 5) found.push(scaled(whole, fraction, 0));
    return found;
  };
  const quantities = (text) => {
    const found = [];
    const add = (match, tokens) => {
      const [start, end] = [match.index, match.index + match[0].length];
      if (tokens.length && !found.some((one) => start < one.end && one.start < end)) found.push({ start, end, tokens });
    };
    for (const match of matches(DATES, text, /[\p{L}\p{N}_.,/-]/u)) add(match, dateTokens(match.groups));
    for (const match of matches(AMOUNTS, text, /[\p{L}\p{N}_.,]/u)) add(match, amountTokens(match.groups));
    for (const match of matches(WORDED, text, /[\p{L}\p{N}]/u)) {
      const { number, scale } = match.groups;
      add(match, [scaled(String(NUMBERS[number.toLowerCase()]), "", SCALES[scale.toLowerCase()])]);
    }
    return found.sort((one, other) => one.start - other.start);
  };

  // --- shards ---
  const shardOf = (key, shards) => {
    for (let end = key.length; end > 0; end -= 1) if (shards.has(key.slice(0, end))) return key.slice(0, end);
    return "";
  };
  const shardsNear = (key, shards) =>
    [...shards].filter((name) => !name || name[0] === key[0] || name[0] === key[1]).sort();

  // --- names ---
  const AROUND = /^[ ?!."„“”«»]+|[ ?!."„“”«»]+$/g;
  const ASKING = new RegExp(
    "^(?:(?:was|wer|wo|what|who|where|what's|who's)\\s+(?:ist|sind|war|waren|bedeutet|heißt|heisst|meint|is|are|was|were)|" +
      "was\\s+versteht\\s+man\\s+unter|what\\s+does|(?:definition|bedeutung|meaning|erklärung)(?:\\s+(?:von|of|des|der))?|" +
      "(?:was|wie\\s*viel|wieviel)\\s+(?:kostet|kostete)|wie\\s+(?:hoch|teuer|groß|gross|alt)\\s+(?:ist|war|sind|waren)|" +
      "how\\s+(?:much|big|old)\\s+(?:is|was|are|were)|define|alles\\s+(?:über|ueber|uber)|(?:all\\s+)?about|über|ueber)\\s+",
  );
  const ARTICLE = /^(?:der|die|das|den|dem|des|ein|eine|einen|einem|einer|eines|the|a|an)\s+/;
  const ASKED = /\s+(?:mean|means|bedeutet|stand\s+for)\s*$/;
  const asked = (text) => {
    let rest = text.toLowerCase().replace(AROUND, "");
    for (let before = ""; rest !== before; ) {
      before = rest;
      for (const pattern of [ASKING, ARTICLE, ASKED]) rest = rest.replace(pattern, "").replace(AROUND, "") || rest;
    }
    return rest;
  };
  const QUESTIONS = [
    "wie ?viele|wie oft|how many|how often",
    "wie ?viel|wie (?:hoch|teuer|groß|gross)|how (?:much|high|big|large)",
    "wie(?: lange| stark)?|how(?: long| strong)?",
    "wann|when",
    "warum|wieso|weshalb|weswegen|why",
    "wer|wen|wem|wessen|who|whom|whose",
    "wo|wohin|woher|where",
  ].map((words) => new RegExp(`^([^\\p{L}]*(?:\\p{L}{2,5} )?)(?:${words})(?![\\p{L}\\p{N}])`, "iu"));
  /** Returns the token of what a question asks for, a time, a reason, a person …, and the text without its question words. */
  const questionOf = (text) => {
    const kind = QUESTIONS.findIndex((words) => words.test(text));
    return kind < 0 ? ["", text] : [`qq${kind}`, text.replace(QUESTIONS[kind], "$1")];
  };
  const isNear = (one, other) =>
    one === other || distance(fold(one), fold(other), Math.min(one.length, other.length) < 5 ? 1 : 2) !== null;
  const hashed = (key) => {
    let value = 2166136261;
    for (let index = 0; index < key.length; index += 1) {
      value = Math.imul(value ^ key.charCodeAt(index), 16777619) >>> 0;
    }
    return `#${value.toString(16).padStart(8, "0")}`;
  };
  const EXACT = 0;
  const INFLECTED = 1;
  const MISTYPED = 2;
  const ENDED = 3;
  const BEGUN = 4;
  // Ranks: letters that a name is seldom called by, a title that is no name, and from there on what a name ends with.
  const [INITIALS, HEADING, HEAD] = [3, 4, 5];
  const byMerit = (one, other) =>
    one.way - other.way ||
    one.typos - other.typos ||
    one.rank - other.rank ||
    other.weight - one.weight ||
    (one.entry < other.entry ? -1 : 1);
  const stemsOf = (said) => [said.map((word) => stem(fold(word))).join(""), stem(fold(said.join("")))];
  const findNames = (query, rows, isTypo = true) => {
    const said = spoken(asked(query));
    if (!said.length) return [];
    const key = fold(said.join(""));
    const whole = hashed(key);
    const stems = new Set(stemsOf(said));
    const found = [];
    const add = (way, typos, [, entry, rank, weight]) => found.push({ way, typos, rank, weight, entry });
    const short = rows.filter((row) => row[0][0] !== "#");
    for (const row of rows) if (row[0] === whole) add(EXACT, 0, row);
    for (const row of short) {
      const parts = row[0].split(" ");
      const way = row[2] < HEAD ? EXACT : ENDED;
      if (fold(parts.join("")) === key) add(way, 0, row);
      else if (row[2] !== INITIALS && stemsOf(parts).some((one) => stems.has(one))) add(way || INFLECTED, 0, row);
    }
    if (!found.length && isTypo) {
      for (const row of short) {
        const parts = row[0].split(" ");
        const typos = mistakes(said.join(""), parts.join(""));
        const isClose = beginsAlike(said.join(""), parts.join("")) && (parts.length !== said.length || parts.every((part, at) => isNear(said[at], part)));
        if (typos !== null && isClose && row[2] !== INITIALS && row[2] < HEAD) add(MISTYPED, typos, row);
      }
    }
    if (key.length > 2) {
      const nouns = short.filter((row) => row[2] < HEADING);
      for (const row of nouns) if (fold(row[0].replaceAll(" ", "")).startsWith(key)) add(BEGUN, 0, row);
    }
    const seen = new Set();
    return found.sort(byMerit).filter(({ entry }) => !seen.has(entry) && seen.add(entry));
  };

  // --- query ---
  const COMMON = new Set(
    fold(
      "ab aber alle allem allen aller alles als also am an andere anderem anderen anderer anderes auch auf aus bei " +
      "beide beiden beim bereits bevor bin bis bist da dabei dadurch dafür dagegen daher damals damit danach dann " +
      "daran darauf darf darfst darin darum darüber das dass davon davor dazu dein deine dem den denen denn der " +
      "deren des dessen dich die dies diese diesem diesen dieser dieses dir doch dort du durch durfte durften dürfe " +
      "dürfen dürfte dürften eben eigentlich ein eine einem einen einer eines einige einigen einiger er erst es " +
      "etwa etwas euch euer für gab geben gegangen gegen gehe gehen geht gekommen gemacht genau geschah geschehen " +
      "geschieht getan gewesen gewollt gibt ging gingen habe haben hat hatte hatten heute hätte hätten ich ihm ihn " +
      "ihnen ihr ihre ihrem ihren ihrer ihres im immer in indem ins ist ja je jede jedem jeden jeder jedes jedoch " +
      "jemand jetzt kam kamen kann kein keine keinem keinen keiner komme kommen kommt konnte konnten könne können " +
      "könnte könnten lassen ließ ließen lässt mache machen macht machte machten mag man mehr mein meine mich mir " +
      "mit mochte mochten muss musste mussten möchte möchten möge mögen müsse müssen müsste müssten nach nachdem " +
      "nicht nichts noch nun nur ob oder ohne passiert passierte schon sehr sei seien sein seine seinem seinen " +
      "seiner seines seit sich sie sind so sobald solange soll solle sollen sollte sollten sondern sowie " +
      "trotz tun tut um und uns unser unsere unter viel viele vielen vom von vor wann war waren warum was weder " +
      "wegen weil welche welchem welchen welcher welches wem wen wenig wenn wer werde werden weshalb wessen wie " +
      "wieder wieso wieviel will wir wird wo wobei wodurch wofür wogegen woher wohin wolle wollen wollte wollten " +
      "womit woran worauf woraus worden worin worum worüber wovon wozu wurde wurden während wäre wären würde würden " +
      "zu zum zur zwar zwischen über " +
      "a about after against all already also although am among an and any anyone anything are as at be became " +
      "because become becomes been before being between both but by came can cannot come comes could did do does " +
      "doing done during each either ever every for from gave get gets getting give given gives go goes going gone " +
      "got had happen happened happening happens has have having he her here hers him his how i if in into is it " +
      "its itself just let lets made make makes making many may maybe me mean means meant might more most much " +
      "must my neither no nor not now of on once only onto or other others ought our ours shall she should since so " +
      "some someone something still such than that the their theirs them then there these they this those though to " +
      "too until upon us v versus very vs was we went were what whatever when where whether which while who whom " +
      "whose why will with within without would yet you your yours",
    ).split(" "),
  );
  const isCommon = (word) => COMMON.has(fold(word));
  const PHRASE = /["„“”«»]([^"„“”«»]+)["„“”«»]/g;
  const WORD = /[\p{L}\p{N}](?:[\p{L}\p{N}]|[-‐‑'’.&/](?=[\p{L}\p{N}]))*/gu;
  const understand = (text) => {
    text = text.trim().replace(/\s+/g, " ");
    const phrases = [...text.matchAll(PHRASE)].map((match) => match[1].trim()).filter(Boolean);
    let rest = text.replace(PHRASE, " ").trim();
    const found = quantities(rest);
    const tokens = found.map(({ start, end, tokens: [token] }) => [token, rest.slice(start, end)]);
    for (const { start, end } of found.reverse()) rest = `${rest.slice(0, start)} ${rest.slice(end)}`;
    const wordsOf = (some) => [...new Set(some.match(WORD) || [])];
    const [question, about] = questionOf(rest);
    const rare = wordsOf(about).filter((word) => !isCommon(word));
    const searched = rare.length || phrases.length || tokens.length ? rare : wordsOf(rest);
    return { name: asked(text), phrases, tokens, words: searched, question };
  };

  window.dossierQuery = Object.freeze({
    fold,
    spoken,
    words,
    tails,
    squeezed: (text) => fold(spoken(text).join("")),
    stem,
    roots,
    limit,
    distance,
    mistakes,
    beginsAlike,
    quantities,
    shardOf,
    shardsNear,
    hashed,
    findNames,
    isCommon,
    understand,
  });
})();

// Lists of rows that parts share by name, and CSV in and out.
Khue.rows = (() => {
  const lists = new Map();
  const starts = new Map();
  function rows(name) {
    if (!lists.has(name)) lists.set(name, make(name));
    return lists.get(name);
  }
  function make(name) {
    const all = () => Khue.store.get(`rows:${name}`, starts.get(name) ?? []);
    const keep = (rows) => {
      Khue.store.set(`rows:${name}`, rows);
      document.dispatchEvent(new CustomEvent("k-rows", { detail: name }));
    };
    return {
      name, all,
      add(row) {
        const number = all().reduce((most, one) => Math.max(most, one.id ?? 0), 0) + 1;
        keep([...all(), { ...row, id: number }]);
        return number;
      },
      change: (id, values) => keep(all().map((one) => (one.id === id ? { ...one, ...values } : one))),
      remove: (id) => keep(all().filter((one) => one.id !== id)),
      replace: (given) => keep(given.map((one, at) => ({ ...one, id: at + 1 }))),
      start(given) {
        starts.set(name, given.map((one, at) => ({ ...one, id: at + 1 })));
        document.dispatchEvent(new CustomEvent("k-rows", { detail: name }));
      },
      // Calls `show` now and whenever the list changes.
      follow(show) {
        for (const event of ["k-rows", "k-stored"]) document.addEventListener(event, ({ detail }) => (detail && detail !== name ? null : show(all())));
        queueMicrotask(() => show(all()));
      },
    };
  }
  return rows;
})();

Khue.csv = (() => {
  function divider(text) {
    const line = text.split(/\r?\n/, 1)[0];
    const counted = [";", ",", "\t", "|"].map((sign) => [line.split(sign).length, sign]);
    return counted.sort((a, b) => b[0] - a[0])[0][1];
  }
  // → {columns, rows}: quotes, line ends inside quotes and a mark at the beginning are read as spreadsheets write them.
  function read(given) {
    const text = given.replace(/^\ufeff/, "");
    const sign = divider(text);
    const table = [[""]];
    let quoted = false;
    for (let at = 0; at < text.length; at++) {
      const row = table[table.length - 1], here = text[at];
      if (quoted) {
        if (here === '"' && text[at + 1] === '"') row[row.length - 1] += text[at++];
        else if (here === '"') quoted = false;
        else row[row.length - 1] += here;
      } else if (here === '"' && !row[row.length - 1].trim()) quoted = true;
      else if (here === sign) row.push("");
      else if (here === "\n") table.push([""]);
      else if (here !== "\r") row[row.length - 1] += here;
    }
    const filled = table.filter((row) => row.some((cell) => cell.trim()));
    const columns = (filled.shift() ?? []).map((name, at) => name.trim() || `${at + 1}`);
    return { columns, rows: filled.map((row) => Object.fromEntries(columns.map((name, at) => [name, (row[at] ?? "").trim()]))) };
  }
  // A cell that a spreadsheet would take for a formula is kept a text.
  const cell = (value) => {
    const text = String(value ?? "");
    const safe = /^[=+\-@\t]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
    return /[",;\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
  };
  const write = (columns, rows) => "\ufeff" + [columns, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
  function save(name, text, type = "text/csv;charset=utf-8") {
    const link = Khue.make("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
    document.body.append(link);
    link.click();
    setTimeout(() => (URL.revokeObjectURL(link.href), link.remove()), 1000);
  }
  return { read, write, save };
})();

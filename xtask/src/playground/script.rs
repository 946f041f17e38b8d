//! The modules of the page joined to one script: each a function of its own that is called after those it imports, takes from them
//! what it asks for and gives what it exports. The worker stands alone
//! and goes in as a text.

use crate::faults::{Faults, text_of};
use crate::places;
use crate::strings::literals::literals;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The module that everything begins with, and the one that is started from a text.
const FIRST: &str = "main.mjs";
const ALONE: &str = "state/worker.mjs";

/// The folder of the page that is not of the page: its tests.
const TESTS: &str = "tests";

/// A module taken apart.
#[derive(Debug, Default)]
struct Module {
    /// The names that it takes from others: `(file, name)`, the file by its way from the folder of the page.
    imports: Vec<(String, String)>,
    exports: BTreeSet<String>,
    /// The text without imports and `export`.
    body: String,
}

/// The script of a page.
#[derive(Debug)]
pub struct Joined {
    pub text: String,
    /// Modules that nothing imports, which are left out.
    pub idle: Vec<String>,
}

/// The script of the page in a folder.
///
/// # Errors
/// When the modules do not fit together, with all that is wrong.
pub fn joined(folder: &Path) -> Result<Joined, Faults> {
    let mut texts = texts(folder)?;
    texts.remove(ALONE);
    join(&texts)
}

/// Every module of the page in a folder and its subfolders, by its way from there: `main.mjs`, `state/work.mjs`.
///
/// # Errors
/// When one cannot be read.
pub fn texts(folder: &Path) -> Result<BTreeMap<String, String>, Faults> {
    let mut texts = BTreeMap::new();
    let tops = places::files(folder, "mjs")?.into_iter().map(|path| (String::new(), path));
    let mut paths: Vec<(String, PathBuf)> = tops.collect();
    for subject in places::folders(folder)?.iter().map(|path| places::stem(path)).filter(|name| name != TESTS) {
        let files = places::files(&folder.join(&subject), "mjs")?;
        paths.extend(files.into_iter().map(|path| (format!("{subject}/"), path)));
    }
    for (subject, path) in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        texts.insert(format!("{subject}{name}"), text_of(&path)?);
    }
    Ok(texts)
}

/// The text of the worker in a folder.
///
/// # Errors
/// When it cannot be read, or does not stand alone.
pub fn worker(folder: &Path) -> Result<String, Faults> {
    let text = text_of(&folder.join(ALONE))?;
    let mut wrong = Vec::new();
    let module = taken_apart(ALONE, &text, &mut wrong);
    if !module.imports.is_empty() || !module.exports.is_empty() {
        wrong.push(format!("{ALONE} is started from a text, so it can neither import nor export"));
    }
    Faults::none_of(wrong)?;
    Ok(bare(&text))
}

fn join(texts: &BTreeMap<String, String>) -> Result<Joined, Faults> {
    let mut wrong = Vec::new();
    let modules: BTreeMap<&str, Module> =
        texts.iter().map(|(name, text)| (name.as_str(), taken_apart(name, text, &mut wrong))).collect();
    wrong.extend(misfits(&modules));
    wrong.extend(namesakes(&modules));
    if !modules.contains_key(FIRST) {
        wrong.push(format!("{FIRST} is missing, with which the page begins"));
    }
    Faults::none_of(wrong)?;
    let mut order = Vec::new();
    visit(FIRST, &modules, &mut Vec::new(), &mut order)?;
    let idle: Vec<&str> = modules.keys().copied().filter(|name| !order.contains(name)).collect();
    let text = order.iter().map(|name| scoped(name, &modules[name])).collect::<Vec<_>>().join("\n");
    Ok(Joined { text, idle: idle.into_iter().map(str::to_string).collect() })
}

/// A module with a scope of its own.
fn scoped(name: &str, module: &Module) -> String {
    let mut from: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (file, imported) in &module.imports {
        from.entry(name_of(file)).or_default().push(imported);
    }
    let taken = from.iter().map(|(file, names)| format!("const {{ {} }} = {};\n", names.join(", "), variable(file)));
    let exports: Vec<&str> = module.exports.iter().map(String::as_str).collect();
    format!(
        "const {} = (() => {{\n{}{}\nreturn {{ {} }};\n}})();\n",
        variable(name),
        taken.collect::<String>(),
        bare(&module.body),
        exports.join(", ")
    )
}

/// A script without its comments and the spaces before its lines: those who read it read it in the repository. Texts stay as they are.
fn bare(script: &str) -> String {
    let texts = literals(script);
    let is_within = |at: usize| texts.iter().any(|text| text.start < at && at < text.end);
    let (mut at, mut lines) = (0, Vec::new());
    for line in script.split('\n') {
        let (start, end) = (at, at + line.len());
        at = end + 1;
        let line = if is_within(start) { line } else { line.trim_start() };
        let line = if is_within(end) { line } else { line.trim_end() };
        if is_within(start) || !(line.is_empty() || line.starts_with("//")) {
            lines.push(line);
        }
    }
    lines.join("\n")
}

/// What a module is called in the script.
fn variable(file: &str) -> String {
    format!("of_{}", name_of(file).replace(|sign: char| !sign.is_ascii_alphanumeric(), "_"))
}

/// The name of a file without its folder.
fn name_of(file: &str) -> &str {
    file.rsplit('/').next().unwrap_or(file)
}

/// Modules of one name in two folders: the script knows them by their names, and so do people.
fn namesakes(modules: &BTreeMap<&str, Module>) -> Vec<String> {
    let mut by_name: BTreeMap<String, &str> = BTreeMap::new();
    let mut wrong = Vec::new();
    for file in modules.keys() {
        if let Some(other) = by_name.insert(variable(file), file) {
            wrong.push(format!("{other} and {file} have one name; a module is known by it, whichever folder it is in"));
        }
    }
    wrong
}

/// What is imported and not there, or not used.
fn misfits(modules: &BTreeMap<&str, Module>) -> Vec<String> {
    let mut wrong = Vec::new();
    for (file, module) in modules {
        for (from, name) in &module.imports {
            match modules.get(from.as_str()) {
                None => wrong.push(absent(file, from, modules)),
                Some(other) if !other.exports.contains(name) => {
                    wrong.push(format!("{file} imports {name} from {from}, which does not export it"));
                }
                Some(_) => {}
            }
            if !module.body.split(|sign| !is_of_a_name(sign)).any(|word| word == name) {
                wrong.push(format!("{file} imports {name} from {from}, and does nothing with it"));
            }
        }
    }
    wrong
}

/// That a module is not where it is looked for, and where one of that name is.
fn absent(file: &str, from: &str, modules: &BTreeMap<&str, Module>) -> String {
    let elsewhere = modules.keys().find(|other| name_of(other) == name_of(from));
    let elsewhere = elsewhere.map(|other| format!("; there is {other}")).unwrap_or_default();
    format!("{file} imports from {from}, which is not there{elsewhere}")
}

/// Puts a module behind all that it imports. `above` are those that wait for it.
fn visit<'a>(
    name: &'a str,
    modules: &'a BTreeMap<&str, Module>,
    above: &mut Vec<&'a str>,
    order: &mut Vec<&'a str>,
) -> Result<(), Faults> {
    if order.contains(&name) {
        return Ok(());
    }
    if above.contains(&name) {
        let circle = [above.as_slice(), &[name]].concat().join(" → ");
        return Err(Faults::one(format!("modules import each other in a circle: {circle}")));
    }
    above.push(name);
    for (from, _) in &modules[name].imports {
        visit(from, modules, above, order)?;
    }
    above.pop();
    order.push(name);
    Ok(())
}

fn taken_apart(file: &str, text: &str, wrong: &mut Vec<String>) -> Module {
    let mut module = Module::default();
    for (number, line) in text.lines().enumerate() {
        let place = format!("{file}, line {}", number + 1);
        if line.starts_with("import ") {
            match imported(file, line) {
                Some((from, names)) => module.imports.extend(names.into_iter().map(|name| (from.clone(), name))),
                None => wrong.push(format!(
                    "{place}: `{line}` cannot be joined; an import is one line, import {{ name, other }} from \"./file.mjs\"; or \"../folder/file.mjs\";"
                )),
            }
            continue;
        }
        let bare = line.strip_prefix("export ").unwrap_or(line);
        let names = declared(bare);
        if bare.len() < line.len() {
            if names.is_empty() {
                wrong.push(format!("{place}: `{line}` cannot be joined; export what is declared in the same line"));
            }
            // Whoever imports it takes the value that it has when the module is done.
            if bare.starts_with("let ") {
                wrong.push(format!("{place}: `{line}` cannot be joined; what others import may not change"));
            }
            module.exports.extend(names);
        }
        // The end of a script cannot be told from the letters of a text in it.
        for sign in ["</script", "<!--", "import(", "import.meta"] {
            if line.to_lowercase().contains(sign) {
                wrong.push(format!("{place}: `{sign}` cannot stand in a script within a page"));
            }
        }
        module.body.push_str(bare);
        module.body.push('\n');
    }
    module
}

/// What a line of a file imports: the other file and the names.
fn imported(file: &str, line: &str) -> Option<(String, Vec<String>)> {
    let (names, from) = line.strip_prefix("import {")?.split_once("} from \"")?;
    let from = reached(file, from.strip_suffix("\";")?)?;
    let names: Vec<String> =
        names.split(',').map(|name| name.trim().to_string()).filter(|name| !name.is_empty()).collect();
    names.iter().all(|name| is_name(name)).then_some((from, names))
}

/// The file that is reached from another by a relative way, as seen from the folder of the page; nothing outside of it.
fn reached(file: &str, way: &str) -> Option<String> {
    let mut parts: Vec<&str> = file.split('/').collect();
    parts.pop();
    let mut steps = way.split('/').peekable();
    steps.next_if_eq(&".").or_else(|| steps.peek().copied().filter(|step| *step == ".."))?;
    for step in steps {
        match step {
            ".." => drop(parts.pop()?),
            "" | "." => return None,
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

/// The names that a line at the top of a module declares.
fn declared(line: &str) -> Vec<String> {
    let line = line.strip_prefix("async ").unwrap_or(line);
    let rest =
        ["function* ", "function ", "const ", "let ", "var ", "class "].iter().find_map(|word| line.strip_prefix(word));
    let Some(rest) = rest else { return Vec::new() };
    // Several at once: const { one, other: mine } = …
    if let Some(inner) = rest.strip_prefix(['{', '[']) {
        let inner = inner.split(['}', ']']).next().unwrap_or_default();
        let names = inner.split(',').map(|part| part.rsplit(':').next().unwrap_or_default());
        return names.map(leading_name).filter(|name| !name.is_empty()).collect();
    }
    Some(leading_name(rest)).filter(|name| !name.is_empty()).into_iter().collect()
}

fn leading_name(text: &str) -> String {
    text.trim().trim_start_matches("...").chars().take_while(|&sign| is_of_a_name(sign)).collect()
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_of_a_name)
}

fn is_of_a_name(sign: char) -> bool {
    sign.is_alphanumeric() || sign == '_' || sign == '$'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(files: &[(&str, &str)]) -> Result<Joined, Faults> {
        join(&files.iter().map(|(name, text)| ((*name).to_string(), (*text).to_string())).collect())
    }

    fn of(files: &[(&str, &str)]) -> Result<String, String> {
        joined(files).map(|joined| joined.text).map_err(|faults| faults.to_string())
    }

    #[test]
    fn modules_stand_in_the_order_of_their_imports_and_lose_the_words_that_tie_them() {
        let found = of(&[
            ("a.mjs", "import { c } from \"./c.mjs\";\n\nexport const a = c + 1;\n"),
            ("c.mjs", "// Three.\nexport const c = 3;\nexport async function later() {}\n"),
            ("main.mjs", "import { a } from \"./a.mjs\";\nimport { c, later } from \"./c.mjs\";\nlater(a, c);\n"),
        ]);
        assert_eq!(
            found.unwrap(),
            "const of_c_mjs = (() => {\nconst c = 3;\nasync function later() {}\nreturn { c, later };\n})();\n\n\
             const of_a_mjs = (() => {\nconst { c } = of_c_mjs;\nconst a = c + 1;\nreturn { a };\n})();\n\n\
             const of_main_mjs = (() => {\nconst { a } = of_a_mjs;\nconst { c, later } = of_c_mjs;\nlater(a, c);\nreturn {  };\n})();\n"
        );
    }

    #[test]
    fn comments_and_indents_go_and_texts_stay_as_they_are() {
        let script =
            "// Why.\nconst a = {\n  b: `one\n  // two\n\n  ${c}\n`,  \n\n  // More.\n  d: \"//\", // at the end\n};\n";
        assert_eq!(bare(script), "const a = {\nb: `one\n  // two\n\n  ${c}\n`,\nd: \"//\", // at the end\n};");
    }

    #[test]
    fn what_does_not_fit_together_is_told_all_at_once() {
        let told = of(&[
            ("a.mjs", "export const size = 1;\nconst { x, y: z } = size;\nexport default size;\n"),
            ("b.mjs", "import * as all from \"./a.mjs\";\nexport let size = 2;\nconst z = \"</script>\";\n"),
            ("main.mjs", "import { colour } from \"./a.mjs\";\nimport { b } from \"./d.mjs\";\n"),
        ])
        .unwrap_err();
        for part in [
            "a.mjs, line 3: `export default size;` cannot be joined",
            "b.mjs, line 1: `import * as all from \"./a.mjs\";` cannot be joined",
            "b.mjs, line 3: `</script` cannot stand in a script",
            "b.mjs, line 2: `export let size = 2;` cannot be joined; what others import may not change",
            "main.mjs imports colour from a.mjs, which does not export it",
            "main.mjs imports from d.mjs, which is not there",
            "main.mjs imports b from d.mjs, and does nothing with it",
        ] {
            assert!(told.contains(part), "{part}:\n{told}");
        }
    }

    #[test]
    fn modules_reach_each_other_over_folders_and_nothing_beyond() {
        let files = |import: &'static str| {
            [
                ("main.mjs", "import { a } from \"./lesson/a.mjs\";\na();\n"),
                ("lesson/a.mjs", import),
                ("lesson/c.mjs", "export const c = 2;\n"),
                ("shared/b.mjs", "export const b = 1;\n"),
            ]
        };
        let both =
            "import { b } from \"../shared/b.mjs\";\nimport { c } from \"./c.mjs\";\nexport const a = () => b + c;\n";
        assert_eq!(
            of(&files(both)).unwrap(),
            "const of_b_mjs = (() => {\nconst b = 1;\nreturn { b };\n})();\n\n\
             const of_c_mjs = (() => {\nconst c = 2;\nreturn { c };\n})();\n\n\
             const of_a_mjs = (() => {\nconst { b } = of_b_mjs;\nconst { c } = of_c_mjs;\nconst a = () => b + c;\nreturn { a };\n})();\n\n\
             const of_main_mjs = (() => {\nconst { a } = of_a_mjs;\na();\nreturn {  };\n})();\n"
        );
        for (way, told) in [
            ("./b.mjs", "lesson/a.mjs imports from lesson/b.mjs, which is not there; there is shared/b.mjs"),
            ("../../b.mjs", "cannot be joined"),
            ("shared/b.mjs", "cannot be joined"),
            (".././shared/b.mjs", "cannot be joined"),
        ] {
            let import = format!("import {{ b }} from \"{way}\";\nexport const a = b;\n").leak();
            let found = of(&files(import)).unwrap_err();
            assert!(found.contains(told), "{way}:\n{found}");
        }
    }

    #[test]
    fn two_modules_of_one_name_are_refused() {
        let told = of(&[("main.mjs", ""), ("lesson/a.mjs", ""), ("shared/a.mjs", "")]).unwrap_err();
        assert!(told.contains("lesson/a.mjs and shared/a.mjs have one name"), "{told}");
    }

    #[test]
    fn a_circle_is_shown_and_so_is_a_module_that_nobody_needs() {
        let circle = of(&[
            ("a.mjs", "import { b } from \"./b.mjs\";\nexport const a = () => b;\n"),
            ("b.mjs", "import { a } from \"./a.mjs\";\nexport const b = () => a;\n"),
            ("main.mjs", "import { a } from \"./a.mjs\";\na();\n"),
        ]);
        assert!(circle.unwrap_err().contains("main.mjs → a.mjs → b.mjs → a.mjs"));
        let idle = joined(&[("idle.mjs", "export const idle = 1;\n"), ("main.mjs", "")]).unwrap();
        assert!(idle.idle == ["idle.mjs"] && !idle.text.contains("idle"));
    }
}

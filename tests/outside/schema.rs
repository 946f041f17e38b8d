//! The schema for editors, read by a validator of others.

use crate::tools::{self, Tool};
use std::path::Path;

const VALIDATES: &str = r#"
import json, pathlib, sys, tomllib
from jsonschema import validators
root = pathlib.Path(sys.argv[1])
schema = json.loads((root / "docs/scenario.schema.json").read_text(encoding="utf-8"))
kind = validators.validator_for(schema)
kind.check_schema(schema)
validator = kind(schema)
for path in sorted((root / "scenarios").glob("*.toml")):
    text = path.read_text(encoding="utf-8")
    faults = [f"{'.'.join(map(str, fault.path))}: {fault.message}" for fault in validator.iter_errors(tomllib.loads(text))]
    wrong = tomllib.loads(text + "\n[communicaton]\nquality = 1\n")
    print(path.name, len(faults), len(list(validator.iter_errors(wrong))), *faults[:3], sep="\t")
"#;

#[test]
fn the_schema_takes_every_shipped_scenario_and_refuses_a_table_that_nothing_is_called() {
    if !tools::are_there(&[Tool::Python]) {
        return;
    }
    let told = tools::python(VALIDATES, &[Path::new(env!("CARGO_MANIFEST_DIR")).as_os_str()]);
    assert!(told.lines().count() >= 4, "{told}");
    for line in told.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        assert_eq!((cells[1], cells[2]), ("0", "1"), "{line}");
    }
}

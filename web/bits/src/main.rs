//! Runs partnersim's WebAssembly module in an interpreter and prints the digest of its bits, to be compared with the native one.
//!
//! `partnersim-web-bits MODULE.wasm SCENARIO.toml REPLICATIONS FIRST LANES`

use std::error::Error;
use wasmi::{Engine, Instance, Linker, Memory, Module, Store, TypedFunc};

/// Start and length of the scenario, first replication, replications, lanes.
type Digest = TypedFunc<(u32, u32, u64, u64, u32), u64>;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [module, scenario, replications, first, lanes] = &arguments[..] else {
        return Err("expected: MODULE.wasm SCENARIO.toml REPLICATIONS FIRST LANES".into());
    };
    let mut guest = Guest::load(&std::fs::read(module)?)?;
    let answer = guest.digest(&std::fs::read(scenario)?, first.parse()?, replications.parse()?, lanes.parse()?)?;
    if let Some(fault) = answer.strip_prefix("fault: ") {
        return Err(fault.into());
    }
    println!("{answer}");
    Ok(())
}

/// The module, loaded.
struct Guest {
    store: Store<()>,
    instance: Instance,
    memory: Memory,
}

impl Guest {
    fn load(bytes: &[u8]) -> Result<Guest, Box<dyn Error>> {
        let engine = Engine::default();
        let module = Module::new(&engine, bytes)?;
        let mut store = Store::new(&engine, ());
        // An empty linker: a module that asked its host for anything would not start.
        let instance = Linker::new(&engine).instantiate_and_start(&mut store, &module)?;
        let memory = instance.get_memory(&store, "memory").ok_or("the module shows no memory")?;
        Ok(Guest { store, instance, memory })
    }

    fn digest(&mut self, scenario: &[u8], first: u64, replications: u64, lanes: u32) -> Result<String, Box<dyn Error>> {
        let allocate: TypedFunc<u32, u32> = self.instance.get_typed_func(&self.store, "allocate")?;
        let digest: Digest = self.instance.get_typed_func(&self.store, "digest")?;
        let release: TypedFunc<(u32, u32), ()> = self.instance.get_typed_func(&self.store, "release")?;
        let length = u32::try_from(scenario.len())?;
        let start = allocate.call(&mut self.store, length)?;
        self.memory.write(&mut self.store, start as usize, scenario)?;
        let packed = digest.call(&mut self.store, (start, length, first, replications, lanes))?;
        let (answer_start, answer_length) = ((packed >> 32) as u32, packed as u32);
        let mut answer = vec![0; answer_length as usize];
        self.memory.read(&self.store, answer_start as usize, &mut answer)?;
        release.call(&mut self.store, (start, length))?;
        release.call(&mut self.store, (answer_start, answer_length))?;
        Ok(String::from_utf8(answer)?)
    }
}

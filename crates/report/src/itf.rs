//! Schedules in the format of Apalache and Quint.

use planwright_model::Picture;
use serde_json::{Map, Value, json};

use crate::Story;

impl Story {
    /// The schedule in the Informal Trace Format
    /// (<https://apalache-mc.org/docs/adr/015adr-trace.html>), which Apalache, Quint and their tools read.
    ///
    /// Each group of the picture is a variable, a map from the names of its items to records of `text`,
    /// `standing` and `refers_to`; `step` is the number of the state. As Quint's connectors expect,
    /// `mbt::actionTaken` is what was done before the state and `mbt::nondetPicks` who did it. A lasso has
    /// `loop`; what comes after a schedule is in the meta-data, in words. Every integer of a state is written as a big one, and meta-data but for the index are
    /// texts: readers insist on it.
    pub fn to_itf(&self) -> Value {
        let mut meta = Map::new();
        meta.insert("format".to_owned(), json!("ITF"));
        meta.insert(
            "format-description".to_owned(),
            json!("https://apalache-mc.org/docs/adr/015adr-trace.html"),
        );
        meta.insert("source".to_owned(), json!("Planwright"));
        if let Some(property) = &self.property {
            meta.insert("property".to_owned(), json!(property.name));
        }
        if let Some(aftermath) = &self.aftermath {
            meta.insert("aftermath".to_owned(), json!(aftermath.to_string()));
        }
        meta.insert("replay".to_owned(), json!(self.replay));
        let groups = self.start.groups.iter().map(|group| group.title.as_str());
        let fixed = ["step", "mbt::actionTaken", "mbt::nondetPicks"];
        let vars: Vec<&str> = groups.chain(fixed).collect();

        let first = self.itf_state(0, &self.start, None);
        let others = (1..).zip(&self.steps).map(|(number, step)| {
            let taken = (self.lanes[step.lane].as_str(), step.deed.as_str());
            self.itf_state(number, &step.picture, Some(taken))
        });
        let states: Vec<_> = std::iter::once(first).chain(others).collect();
        let mut trace = json!({ "#meta": meta, "params": [], "vars": vars, "states": states });
        if let Some(start) = self.closes() {
            trace["loop"] = json!(start);
        }
        trace
    }

    fn itf_state(&self, number: usize, picture: &Picture, taken: Option<(&str, &str)>) -> Value {
        let mut state = Map::new();
        state.insert("#meta".to_owned(), json!({ "index": number }));
        for group in &picture.groups {
            let items = group.items.iter().map(|item| {
                let record = json!({
                    "text": item.text,
                    "standing": format!("{:?}", item.standing),
                    "refers_to": { "#set": item.refers_to },
                });
                json!([item.name, record])
            });
            let map = json!({ "#map": items.collect::<Vec<_>>() });
            state.insert(group.title.clone(), map);
        }
        state.insert("step".to_owned(), json!({ "#bigint": number.to_string() }));
        let (process, deed) = match taken {
            Some((process, deed)) => (json!({ "tag": "Some", "value": process }), deed),
            None => (json!({ "tag": "None", "value": { "#tup": [] } }), "init"),
        };
        state.insert("mbt::actionTaken".to_owned(), json!(deed));
        state.insert("mbt::nondetPicks".to_owned(), json!({ "process": process }));
        Value::Object(state)
    }
}

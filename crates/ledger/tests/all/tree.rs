use tessera_ledger::{
    Error, Hash, MAX_SIZE, MemoryHashes, Tree, indexes_of_entry, leaf_hash, proof, stored_count,
    stored_index,
};

use crate::sample::{ORIGIN, checkpoint, entries, grow};

/// Leaves and roots of the Certificate Transparency reference tests for RFC 6962.
const LEAVES: [&str; 8] = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
];
const ROOTS: [&str; 9] = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

fn vector_leaves() -> Vec<Vec<u8>> {
    LEAVES.iter().map(|leaf| hex::decode(leaf).unwrap()).collect()
}

/// RFC 6962 section 2.1 word for word, as a second opinion.
fn plain_root(entries: &[Vec<u8>]) -> Hash {
    match entries {
        [] => Hash::EMPTY,
        [one] => leaf_hash(one),
        many => {
            let split = many.len().next_power_of_two() / 2;
            let (left, right) = many.split_at(split);
            let mut pair = Tree::empty();
            let (left, right) = (plain_root(left), plain_root(right));
            pair.append_all([left, right]).unwrap().1
        }
    }
}

#[test]
fn roots_of_the_reference_vectors_come_out() {
    let leaves = vector_leaves();
    for (size, root) in ROOTS.iter().enumerate() {
        assert_eq!(checkpoint(&leaves[..size]).root.to_string(), *root, "size {size}");
    }
}

#[test]
fn inclusion_paths_of_the_reference_vectors_come_out() {
    let (_, hashes) = grow(&vector_leaves());
    let path = |index, size| -> Vec<String> {
        let proof = proof::prove_inclusion(index, size, &hashes).unwrap();
        proof.iter().map(ToString::to_string).collect()
    };
    assert_eq!(path(0, 1), Vec::<String>::new());
    assert_eq!(
        path(0, 8),
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ]
    );
}

#[test]
fn consistency_paths_of_the_reference_vectors_come_out() {
    let (_, hashes) = grow(&vector_leaves());
    let path: Vec<String> =
        proof::prove_consistency(6, 8, &hashes).unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(
        path,
        [
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ]
    );
}

#[test]
fn every_size_has_the_root_the_standard_defines() {
    let entries = entries(300);
    let mut tree = Tree::empty();
    for (size, entry) in (1..).zip(&entries) {
        tree.append(leaf_hash(entry)).unwrap();
        assert_eq!(tree.root(), plain_root(&entries[..size]), "size {size}");
    }
}

#[test]
fn a_tree_is_taken_up_again_from_its_right_edge_alone() {
    let entries = entries(200);
    let (whole, _) = grow(&entries);
    for size in 0..=entries.len() {
        let (before, hashes) = grow(&entries[..size]);
        let edge: MemoryHashes = Tree::edge_indexes(size as u64)
            .unwrap()
            .into_iter()
            .map(|index| (index, hashes[usize::try_from(index).unwrap()]))
            .collect();
        assert!(edge.len() <= 8);
        let mut tree = Tree::new(size as u64, &edge).unwrap();
        assert_eq!(tree, before);
        tree.append_all(entries[size..].iter().map(|entry| leaf_hash(entry))).unwrap();
        assert_eq!(tree, whole, "taken up at {size}");
    }
}

#[test]
fn hashes_to_keep_have_consecutive_indexes() {
    let mut tree = Tree::empty();
    let mut next = 0;
    for number in 0..500_u64 {
        let kept = tree.append(leaf_hash(&number.to_be_bytes())).unwrap();
        let indexes: Vec<u64> = kept.iter().map(|stored| stored.index).collect();
        assert_eq!(indexes, indexes_of_entry(number).collect::<Vec<_>>());
        assert_eq!(indexes[0], next);
        next += indexes.len() as u64;
        assert_eq!(next, stored_count(number + 1));
    }
    assert_eq!(stored_index(0, 500), next);
}

#[test]
fn every_inclusion_proof_holds_and_no_other_entry_fits_it() {
    let entries = entries(70);
    let (_, hashes) = grow(&entries);
    for size in 1..=entries.len() {
        let checkpoint = checkpoint(&entries[..size]);
        for index in 0..size {
            let (index, size) = (index as u64, size as u64);
            let needed = proof::inclusion_indexes(index, size).unwrap();
            let few: MemoryHashes =
                needed.into_iter().map(|i| (i, hashes[usize::try_from(i).unwrap()])).collect();
            let proof = proof::prove_inclusion(index, size, &few).unwrap();
            let leaf = leaf_hash(&entries[usize::try_from(index).unwrap()]);
            proof::check_inclusion(&proof, &checkpoint, index, leaf).unwrap();
            let other = leaf_hash(b"not in the log");
            assert_eq!(
                proof::check_inclusion(&proof, &checkpoint, index, other),
                Err(Error::BadProof)
            );
            if index + 1 < size {
                assert!(proof::check_inclusion(&proof, &checkpoint, index + 1, leaf).is_err());
            }
        }
    }
}

#[test]
fn every_consistency_proof_holds_and_no_other_past_fits_it() {
    let entries = entries(64);
    let (_, hashes) = grow(&entries);
    let mut other_entries = entries.clone();
    other_entries[0] = b"another first entry".to_vec();
    for new_size in 0..=entries.len() {
        let new = checkpoint(&entries[..new_size]);
        for old_size in 0..=new_size {
            let old = checkpoint(&entries[..old_size]);
            let needed = proof::consistency_indexes(old_size as u64, new_size as u64).unwrap();
            let few: MemoryHashes =
                needed.into_iter().map(|i| (i, hashes[usize::try_from(i).unwrap()])).collect();
            let proof = proof::prove_consistency(old_size as u64, new_size as u64, &few).unwrap();
            proof::check_consistency(&proof, &old, &new).unwrap();
            if old_size > 0 {
                let other = checkpoint(&other_entries[..old_size]);
                assert_eq!(proof::check_consistency(&proof, &other, &new), Err(Error::BadProof));
            }
        }
    }
}

#[test]
fn out_of_range_questions_are_refused_not_answered() {
    let (tree, hashes) = grow(&entries(5));
    let here = tree.checkpoint(ORIGIN);
    assert_eq!(proof::prove_inclusion(5, 5, &hashes), Err(Error::OutOfRange));
    assert_eq!(proof::prove_consistency(6, 5, &hashes), Err(Error::OutOfRange));
    assert_eq!(Tree::new(u64::MAX, &hashes), Err(Error::OutOfRange));
    assert_eq!(
        Tree::new(MAX_SIZE, &hashes).unwrap_err(),
        Error::HashMissing { index: stored_index(48, 0) }
    );
    let mut huge = here.clone();
    huge.size = u64::MAX;
    assert_eq!(proof::check_consistency(&[], &here, &huge), Err(Error::OutOfRange));
    assert_eq!(
        proof::prove_inclusion(9, 10, &hashes),
        Err(Error::HashMissing { index: stored_index(3, 0) })
    );
}

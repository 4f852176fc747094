"""The log in which a platform keeps which user accepted which words: lines, tree, proofs."""

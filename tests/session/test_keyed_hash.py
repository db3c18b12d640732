from __future__ import annotations

import hmac

from hypothesis import given
from hypothesis import strategies as st

from counterpoise.session.keyed_hash import KeyedHash


@given(st.binary(max_size=130), st.lists(st.binary(max_size=200), max_size=3))
def test_the_keyed_hash_is_hmac_with_sha_256_for_keys_and_texts_of_any_length(key: bytes, texts: list[bytes]) -> None:
    sealing = KeyedHash(key)
    for text in texts:
        assert sealing.hexdigest(text) == hmac.digest(key, text, "sha256").hex()

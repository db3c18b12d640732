import pytest

from counterpoise.wire.codec import CODECS, Codec


@pytest.fixture(params=sorted(CODECS), ids=lambda name: name.rpartition(".")[2])
def codec(request: pytest.FixtureRequest) -> Codec:
    return CODECS[request.param]

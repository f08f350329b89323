"""What a server is told: where it listens, what it demands of who asks, how much it takes."""

from ipaddress import ip_address
from typing import Annotated, Self

from pydantic import Field, PositiveFloat, PositiveInt, SecretStr, model_validator

from argmine.base import Frozen

LOCALHOST = "localhost"
Port = Annotated[int, Field(ge=0, le=65535)]


class Limits(Frozen):
    """How much a server takes.

    Attributes:
        body: bytes of a request's body.
        characters: code points of a text that is mined.
        requests: how many are answered or wait for their answer at once.
        seconds: from a request's last byte to its answer.
        upload: seconds for a request's body to arrive.
        batch: texts that are mined together.
        grace: seconds in which a server that is told to stop may finish what runs.
    """

    body: PositiveInt = 2 * 2**20
    characters: PositiveInt = 100_000
    requests: PositiveInt = 64
    seconds: PositiveFloat = 60.0
    upload: PositiveFloat = 10.0
    batch: PositiveInt = 64
    grace: PositiveFloat = 30.0


class Settings(Frozen):
    """How a server is run.

    Attributes:
        host: the address or name it listens on; without a token only one that nothing but this machine reaches.
        port: 0 takes a free one.
        token: what requests must show to be answered, None where nothing is demanded.
        names: hosts that requests may name beside `host`, `localhost` and addresses in figures.
        limits: how much it takes.
    """

    host: Annotated[str, Field(min_length=1)] = "127.0.0.1"
    port: Port = 8000
    token: SecretStr | None = None
    names: tuple[str, ...] = ()
    limits: Limits = Limits()

    @model_validator(mode="after")
    def _guarded(self) -> Self:
        if self.token is not None and not _fits_header(self.token.get_secret_value()):
            raise ValueError("a token is one or more visible ASCII characters, without blanks")
        if self.token is None and not is_loopback(self.host):
            raise ValueError(f"others than this machine may reach {self.host}: demand a token")
        return self


def is_address(host: str) -> bool:
    """Whether a host is an IP address, not a name.

    >>> is_address("::1"), is_address("example.org")
    (True, False)
    """
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def is_loopback(host: str) -> bool:
    """Whether nothing but this machine reaches what listens on `host`; of names, only localhost is trusted to.

    >>> is_loopback("127.0.0.1"), is_loopback("0.0.0.0"), is_loopback("example.org")
    (True, False, False)
    """
    return host == LOCALHOST or (is_address(host) and ip_address(host).is_loopback)


def _fits_header(token: str) -> bool:
    return bool(token) and all("!" <= character <= "~" for character in token)

"""What a person carries: an app with codes, and a passkey in software."""

import hashlib
import json
import os
import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

FLAG = AuthenticatorData.FLAG


def code_of(seed: str, steps_back: int = 0) -> str:
    """Return what the app shows now, or showed some half minutes ago."""
    return format_hotp_value(hotp_value(seed, int(time.time()) // 30 - steps_back))


class Passkey:
    """A passkey of one site. `verified` False: somebody touched it, nobody knows who."""

    def __init__(self, origin: str = "https://testserver"):
        self.origin = origin
        self.rp_hash = hashlib.sha256(b"testserver").digest()
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = os.urandom(32)
        self.handle = b""

    def create(self, options: dict, *, verified: bool = True) -> str:
        """Answer the options of an enrolment."""
        question = options["publicKey"]
        self.handle = question["user"]["id"].encode()
        public = ES256.from_cryptography_key(self.key.public_key())
        credential = AttestedCredentialData.create(Aaguid.NONE, self.id, public)
        data = AuthenticatorData.create(
            self.rp_hash, self._flags(verified) | FLAG.AT, 0, credential
        )
        return self._json(
            {
                "clientDataJSON": self._client("webauthn.create", question),
                "attestationObject": AttestationObject.create("none", data, {}),
            }
        )

    def get(self, options: dict, *, verified: bool = True) -> str:
        """Answer the options of a login."""
        client = self._client("webauthn.get", options["publicKey"])
        data = AuthenticatorData.create(self.rp_hash, self._flags(verified), 0)
        signed = data + hashlib.sha256(client).digest()
        return self._json(
            {
                "clientDataJSON": client,
                "authenticatorData": data,
                "signature": self.key.sign(signed, ec.ECDSA(hashes.SHA256())),
                "userHandle": self.handle,
            }
        )

    def _flags(self, verified: bool):
        return FLAG.UP | FLAG.UV if verified else FLAG.UP

    def _client(self, kind: str, question: dict) -> bytes:
        return CollectedClientData.create(kind, question["challenge"], self.origin)

    def _json(self, response: dict[str, bytes]) -> str:
        # The handle goes out as it came in: text of base64.
        parts = {
            name: value.decode() if name == "userHandle" else websafe_encode(value)
            for name, value in response.items()
        }
        return json.dumps(
            {
                "id": websafe_encode(self.id),
                "rawId": websafe_encode(self.id),
                "type": "public-key",
                "clientExtensionResults": {"credProps": {"rk": True}},
                "response": parts,
            }
        )

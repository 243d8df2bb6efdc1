"""A mail server for the tests: every letter it takes becomes a file. Arguments: address, folder, password (or nothing)."""
import asyncio
import pathlib
import sys

from aiosmtpd.smtp import SMTP, AuthResult

ADDRESS, FOLDER, PASSWORD = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3].encode()


class Keeper:
    taken = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("unknown"):
            return f"550 5.1.1 <{address}> is unknown here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        Keeper.taken += 1
        unfinished = FOLDER / f".{Keeper.taken}"
        unfinished.write_bytes(",".join(envelope.rcpt_tos).encode() + b"\n" + envelope.content)
        unfinished.rename(FOLDER / f"{Keeper.taken}")
        return "250 OK"


def known(server, session, envelope, mechanism, data):
    return AuthResult(success=data.login == b"thuocdo" and data.password == PASSWORD, handled=False)


def connection():
    login = {"authenticator": known, "auth_required": True, "auth_require_tls": False} if PASSWORD else {}
    return SMTP(Keeper(), **login)


async def main():
    server = await asyncio.get_running_loop().create_server(connection, ADDRESS, 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())

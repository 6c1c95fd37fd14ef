"""Releases of official schemas, by the sha256 of the file: what it is and what the release is called.

Hashes are facts; the files themselves are not shipped.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Release:
    """A file as it was published."""

    standard: str
    version: str
    name: str


_RELEASES = """
70b55456be7bbb598528c9bb868845c3bcc8f7b73c26135136cf4e0f0204df0d atom.rng 1.0 Atom
e52886cce1429941ab3725a055a61d6bf8b6f5429837ff7dbca32f809e3500c2 GeoJSON-schema.json - GeoJSON
0ef40c304311e81ed5eadff17f8efbc2cc38a500ba585ced8b96acbe314c9626 nitf-2-5.dtd 2.5 NITF
e154fe00232ca1bfc678d32394b4947bedd815765f015b0cb1577eb59d6ddd9c nitf-3-3-ruby-include.xsd 3.3 NITF
a0a1bc9bad8e5aa49f9b35c9162bfa4b153c8bdc0160262b8eda098ed2ab62d0 nitf-3-3.xsd 3.3 NITF
e9cd89aa2fc2f7549453e2bbab0fa6c12c8d36bfae2a0087a7d2da0c870915c9 nitf-3-4-ruby-include.xsd 3.4 NITF
44837fb333495d5b9c40ba237d4ea873aa22de1fbc2a62efd40aebfbd4db6a23 nitf-3-4.xsd 3.4 NITF
e7ab741897729a2fe31b1719b75525fdf714f96483fcb968702cdf723d0d782d nitf-3-5-ruby-include.xsd 3.5 NITF
8612d25e421ec99af69a50772fb3f2b55783e422f1a1372ee49b58d2910aaebe nitf-3-5.xsd 3.5 NITF
cd24abf32fbf76d8ea139a96222884f7a51f12fd2d06c7c806d7343beed0b30b nitf-3-6-ruby-include.xsd 3.5 NITF
78f4931e19ae7c1b8dc55156675991b90d85b147fe7e683a2f11928071470cf4 nitf-3-6.xsd 3.6 NITF
ea9a5e20c6b1f368bd2f034993ae3c27540e8511dcbced7ff31762e87ae6c2a5 NewsMLv1.0.dtd 1.0 NewsML 1
9c06fcb169faffd44d5e3f03a51b9178a502c3c10c5c039102b83ae4bfd34978 NewsML_1.2.xsd 1.2 NewsML 1
a86d46525bcef5513d3c3550e0c0dc51918700a5ee49a12dc05d841300ece876 NewsMLv1.2.dtd 1.2 NewsML 1
ce81ff71e9c2bdae0a15a7d8c91c7b5bffa2f1638c170b81a454c7ebfb723e33 NewsML-G2_2.9-spec-All-Power.xsd 2.9 NewsML-G2
7e43d420c3d5d9d448afd14931aa6a1337b7ff6e129bd7b453952b48790b6421 NewsML-G2_2.12-spec-All-Power.xsd 2.12 NewsML-G2
71e1665c2f8bb83f36d1007fd478ceab52977eae50d2cc336c9a661aa3fdd488 NewsML-G2_2.15-spec-All-Power.xsd 2.15 NewsML-G2
1ac5f53a46499501fb0a0470272397b9075f14f2f51864bff51566760e23b9e7 NewsML-G2_2.18-spec-All-Power.xsd 2.18 NewsML-G2
a0fd6ad7ef72b14a760bf5790928ec13109f1bf1ef49cc9ccb5ba74b48746950 NewsML-G2_2.20-spec-All-Power.xsd 2.20 NewsML-G2
78126e491d37f66f15afc37cbcf4c84d556d0c0686fc4f133333416034b923cd NewsML-G2_2.28-spec-All-Power.xsd 2.28 NewsML-G2
4ef2f3841370920890d55b30003e9e7c896f83d579632482e3f9110619758182 NewsML-G2_2.29-spec-All-Power.xsd 2.29 NewsML-G2
894f523fc1174358b21de4e7b6800ada96ea7c5b8ffbf956c0151e317b81207a NewsML-G2_2.31-spec-All-Power.xsd 2.31 NewsML-G2
447345f43d78ff93eccd25be3fbec70e8781bc1a6454337e59cfd87a897ee6c1 NewsML-G2_2.34-spec-All-Power.xsd 2.34 NewsML-G2
06ef1c5076a32f2568ac8955994029890afac0268f795e3c26642ded52cf0181 NewsML-G2_2.35-spec-All-Power.xsd 2.35 NewsML-G2
534a4d51135c8416caa6140348ae7a8ccc9bf1d4606c2fa0fc4d5d698b0e5775 catalog.IPTC-G2-Standards_32.xml 32 NewsML-G2 catalog
54eead02a16534d470ce3da55cabeaeb5b2198c0a530d9359516abaa983f11d6 catalog.IPTC-G2-Standards_33.xml 33 NewsML-G2 catalog
25ce265a346aae34f9e95e26b023bfc0e003ee8567aaf62e4bcda02bf47854c4 catalog.IPTC-G2-Standards_34.xml 34 NewsML-G2 catalog
939c2af337514ce742e9e7288ac5767ed63fc0f057e6ada3abb00732182d1af4 catalog.IPTC-G2-Standards_35.xml 35 NewsML-G2 catalog
117e3ed006f5eaa65790b091aad7ee052b612551b5ed85180b2f53ee5868866e catalog.IPTC-G2-Standards_36.xml 36 NewsML-G2 catalog
a104c6e83b56ac3e745597caa60f51f7c495d60b15cbfa4eb6c384da8bacde12 catalog.IPTC-G2-Standards_37.xml 37 NewsML-G2 catalog
e0d92e856718d171f023fa736b7dccbb7d8ed007a3c78b81ebe7fdb832871c64 catalog.IPTC-G2-Standards_38.xml 38 NewsML-G2 catalog
61c2258c19d5f825e6de70ec94afee6fcf3e8352d057168f07444acff1b8887e catalog.IPTC-G2-Standards_39.xml 39 NewsML-G2 catalog
e8495a1e23f4fb1b5b44a25575e2936166cbe829a875b5e4bcc32eefa9c28b0e catalog.IPTC-G2-Standards_40.xml 40 NewsML-G2 catalog
bd35fd40dbdc565e9e1590faca981cb7d8ac28c34eb9a90b78ff8060d282ce71 catalog.IPTC-G2-Standards_41.xml 41 NewsML-G2 catalog
315761f659ce4294357a8b563826c62d66a82a3c90744d8e6088d2fcd45479aa ODRL22.xsd 2.2 ODRL
d57cf64fff58e1a06978a04bb52dcd96983df313c91d13b7f75456858991581e xhtml1-strict.xsd 1.0 XHTML
99a546769a4fd4f897cd9852abbb4ded3f36a71157e958473edbef29acd928db sitemap-news.xsd 0.9 news sitemap
f2ea48cd839217b665a7433f5b8e31ae5c5ec81bcdfe6f3b5590c5559a99cb92 ninjs-schema_1.0.json 1.0 ninjs
c2f48f625475d4567df52515db6bfde095a1db165f65eba656db170c9495fac0 ninjs-schema_1.1.json 1.1 ninjs
f55ff6df71b8da43f74daf422a8b459ca71d1a9fc9c968672953f066649cd432 ninjs-schema_1.2.json 1.2 ninjs
2a0930f093e541ec68529ea5ac5c8f1b5a2fb1339365725704bcb27dc97d2cb6 ninjs-schema_1.3.json 1.3 ninjs
1585fd676cf74da54d9d39a590d0130b16fb4fd04cceb78349d7ee8fae9d997e ninjs-schema_1.4.json 1.4 ninjs
9ba23fdb368c61253faf97bbdce92b3979f6f4209c54b649437be42ef63f9fda ninjs-schema_1.5.json 1.5 ninjs
ae8deb3991f10368593ace8696888a3fd47189893dd327ab89eb344e6b966f49 ninjs-schema_1.6.json 1.6 ninjs
2489b1ebf7de595f1632e5d08e5e44a88be8e22fdda501c753060e53d2809a00 ninjs-schema_2.0.json 2.0 ninjs
4587358623bfa6c3d83a19b8719180983db02a40a355f5825fc604604a3936f8 ninjs-schema_2.1.json 2.1 ninjs
88c84fa87382c5a7a314fd44ab1041921c7cbac47ab9550bc4964b1fa30897e2 ninjs-schema_2.2.json 2.2 ninjs
9c1158d5165e92dfdfb9c4dac64a78e59241dea1c8a32b57fbc7bb6795a0eb07 ninjs-schema_3.0.json 3.0 ninjs
404f578a299bf34e76e98f2de26ad9989882ebd7abf3a4d3cf3aa689b70a8744 ninjs-schema_3.1.json 3.1 ninjs
9d957911f245bc8eeb5d18dd54860e9656098da234456bdd47101046bc548aa8 sitemap.xsd 0.9 sitemap
1b912b751bedc20d29073365c2bcfb11f553126586e257d86826bb7a674b1e46 siteindex.xsd 0.9 sitemap index
2c3d9a410563d2e06c37a79cda00f66688fc7f2393dab2f5981b567fee130d21 sitemap-video.xsd 1.1 video sitemap
40b39430c9c08ef28547619118278a6a0b3fdefc4b37d7e59ab2bb75d9bda5d9 xml-2001.xsd - xml:
61960fb3131e38022caad5360e2f33a3382578ab3c80cd58bd74320ede61b20c xml.xsd - xml:
"""
RELEASES = {
    sha256: Release(standard, "" if version == "-" else version, name)
    for sha256, name, version, standard in (line.split(" ", 3) for line in _RELEASES.strip().splitlines())
}

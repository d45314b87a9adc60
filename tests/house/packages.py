"""The one list of Debian packages."""

import shutil
import subprocess

import tap


def sections():
    """{group: [names]} as resources/packages.sh reads them."""
    groups, names = {}, None
    for line in (tap.root / "resources/packages.txt").read_text().splitlines():
        if line.startswith("["):
            names = groups.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            names.append(line)
    return groups


def there_are_four_groups():
    return [] if list(sections()) == ["run", "build", "test", "person"] else [str(list(sections()))]


def names_are_sorted_and_stand_once():
    groups = sections()
    every = [name for names in groups.values() for name in names]
    return ([f"[{group}] is not sorted" for group, names in groups.items() if names != sorted(names)]
            + [f"{name} stands twice" for name in set(every) if every.count(name) > 1])


def debian_has_all_of_them():
    if not shutil.which("apt-cache"):
        return "no apt-cache here"
    known = set(subprocess.run(["apt-cache", "pkgnames"], capture_output=True, text=True, check=True).stdout.split())
    return [name for names in sections().values() for name in names if name not in known]


def the_scripts_read_the_same_names():
    script = f'root={tap.root}; . "$root/resources/packages.sh"; list_packages run build test person'
    read = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True).stdout.split()
    every = [name for names in sections().values() for name in names]
    return sorted(set(read) ^ set(every))


tap.run(there_are_four_groups, names_are_sorted_and_stand_once, debian_has_all_of_them,
        the_scripts_read_the_same_names)

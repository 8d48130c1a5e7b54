// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IAssetRegistry} from "../../src/interfaces/IAssetRegistry.sol";
import {ICapacityIssuer} from "../../src/interfaces/ICapacityIssuer.sol";
import {DealVault} from "../../src/reward/DealVault.sol";
import {Trees} from "../Trees.sol";

/// @dev Deeds by themselves and in batches, sold, amended, disputed, listed, ended and registered again, and capacity
/// issued, used and lapsing on them, as the fuzzer likes.
contract OnrampHandler is Trees {
    mapping(bytes32 action => uint256) public done;
    uint256[] internal deeds;
    mapping(uint256 deedId => bool) internal known;
    /// @dev Who held a deed when its dispute began; zero where none runs.
    mapping(uint256 deedId => address) internal disputedWith;
    address[] internal holders;
    uint256 internal names;

    constructor() {
        setUp();
        holders = [owner, lender, servicer, receiver];
        _deposit(makeAddr("depositor"), 1_000_000e18);
    }

    modifier later(uint256 seed) {
        _warp(block.timestamp + 1 + uint256(keccak256(abi.encode(seed, block.timestamp))) % 6 hours);
        _;
    }

    /* DEEDS */

    /// @dev Out of few names, so that keys come again; attested or not.
    function register(uint256 seed, bool attested) external later(seed) {
        string memory name = string.concat("machine", vm.toString(seed % 6));
        bytes32 key = keccak256(bytes(name));
        bytes32 root = keccak256(abi.encode(name, attestations.currentEpoch()));
        if (attested) {
            try this.attestFor(key, root, uint128(1 + seed % 8)) {} catch {}
        }
        IAssetRegistry.AssetManifest memory manifest = _manifest(key, root);
        bytes32 digest = registry.manifestDigest(manifest);
        (bytes memory a, bytes memory b) = (_sign(ownerKey, digest), _sign(machineKey, digest));
        uint256 live = registry.deedOf(key);
        bool mayDisplace = live == 0 || registry.record(live).state == IAssetRegistry.State.Pending;
        try registry.register(manifest, a, b) returns (uint256 deedId) {
            require(mayDisplace, "a live deed was displaced");
            _know(deedId);
            disputedWith[deedId] = address(0);
            ++done["register"];
        } catch {}
    }

    /// @dev An external call of its own, so that it can fail as a whole.
    function attestFor(bytes32 key, bytes32 root, uint128 units) external {
        _attest(key, root, owner);
        _attestFigure(key, root, HOST_HOUR, units);
    }

    function registerBatch(uint256 seed, bool attested) external later(seed) {
        bytes32[] memory keys = _keys(string.concat("rack", vm.toString(names++)), 1 + seed % 4);
        uint256 first = _batch(keys, "root", attested);
        if (attested) _attestFigure(registry.batchKeyOf(_rootOf(keys), uint32(keys.length)), "root", HOST_HOUR, 4);
        for (uint256 i; i < keys.length; ++i) {
            _know(first + i);
        }
        ++done["registerBatch"];
    }

    function activate(uint256 which) external later(which) {
        if (deeds.length == 0) return;
        uint256 deedId = _deedAt(which);
        IAssetRegistry.Record memory deed = registry.record(deedId);
        try this.attestFor(deed.attestationKey, deed.manifestRoot, 2) {} catch {}
        try registry.activate(deedId) {
            ++done["activate"];
        } catch {}
    }

    function amend(uint256 which, uint256 seed) external later(seed) {
        if (deeds.length == 0) return;
        uint256 deedId = _deedAt(which);
        if (_ownerOf(deedId) != owner) return;
        bytes32 root = keccak256(abi.encode("amended", seed, block.timestamp));
        bytes32 digest = registry.amendmentDigest(deedId, root, machine);
        try registry.amend(deedId, root, machine, _sign(ownerKey, digest), _sign(machineKey, digest)) {
            ++done["amend"];
        } catch {}
    }

    function transfer(uint256 which, uint256 to) external later(which) {
        if (deeds.length == 0) return;
        uint256 deedId = _deedAt(which);
        address from = _ownerOf(deedId);
        if (from == address(0)) return;
        bool free = disputedWith[deedId] == address(0) && issuer.openPositions(deedId) == 0;
        bool listed = registry.record(deedId).pledged;
        vm.prank(from);
        try registry.transferFrom(from, holders[to % 4], deedId) {
            require(free && !listed, "a bound deed was sold");
            ++done["transfer"];
        } catch {}
    }

    function retire(uint256 which) external later(which) {
        if (deeds.length == 0) return;
        uint256 deedId = _deedAt(which);
        address holder = _ownerOf(deedId);
        if (holder == address(0)) return;
        vm.prank(holder);
        try registry.retire(deedId, "gone") {
            require(disputedWith[deedId] == address(0), "a disputed deed was retired");
            ++done["retire"];
        } catch {}
    }

    function annul(uint256 which) external later(which) {
        if (deeds.length == 0) return;
        uint256 deedId = _deedAt(which);
        if (_ownerOf(deedId) == address(0)) return;
        vm.prank(court);
        registry.annul(deedId, "annulled");
        disputedWith[deedId] = address(0);
        ++done["annul"];
    }

    function dispute(uint256 which, bool on) external later(which) {
        if (deeds.length == 0) return;
        uint256 deedId = _deedAt(which);
        address holder = _ownerOf(deedId);
        if (holder == address(0)) return;
        vm.prank(court);
        registry.setDisputed(deedId, on, "dispute");
        disputedWith[deedId] = on ? holder : address(0);
        ++done["dispute"];
    }

    /// @dev Lists, and funds at once: neither may ever go through for a disputed deed.
    function list(uint256 which, bool fund) external later(which) {
        if (deeds.length == 0) return;
        uint256 deedId = _deedAt(which);
        address holder = _ownerOf(deedId);
        if (holder == address(0)) return;
        uint256[] memory ids = new uint256[](1);
        ids[0] = deedId;
        vm.prank(holder);
        try desk.list(ids, _debt()) returns (address vault) {
            require(disputedWith[deedId] == address(0), "a disputed deed was listed");
            ++done["list"];
            if (!fund) return;
            vm.prank(admin);
            try pool.fund(vault) {
                ++done["fund"];
            } catch {}
        } catch {}
    }

    /// @dev A listing made before the dispute is not funded while it runs.
    function fundListed(uint256 which) external later(which) {
        if (deeds.length == 0) return;
        uint256 deedId = _deedAt(which);
        address vault = desk.dealOf(deedId);
        if (vault == address(0)) return;
        vm.prank(admin);
        try pool.fund(vault) {
            require(disputedWith[deedId] == address(0), "a disputed deed moved into a pool");
            ++done["fundListed"];
        } catch {}
    }

    function unlist(uint256 which) external later(which) {
        if (deeds.length == 0) return;
        address vault = desk.dealOf(_deedAt(which));
        if (vault == address(0)) return;
        vm.prank(DealVault(vault).owner());
        try desk.withdrawListing(vault) {
            ++done["unlist"];
        } catch {}
    }

    /* CAPACITY */

    function issue(uint256 which, uint256 units, uint256 term) external later(which) {
        if (deeds.length == 0) return;
        uint256 deedId = _deedAt(which);
        address holder = _ownerOf(deedId);
        if (holder == address(0)) return;
        vm.prank(holder);
        try issuer.issue(deedId, HOST_HOUR, uint128(1 + units % 8), uint48(1 hours + term % 20 days)) {
            ++done["issue"];
        } catch {}
    }

    function use(uint256 which, uint256 who, uint256 amount) external later(which) {
        if (deeds.length == 0) return;
        address holder = holders[who % 4];
        uint256 balance = issuer.tokenOf(HOST_HOUR).balanceOf(holder);
        vm.prank(holder);
        try issuer.redeem(_deedAt(which), HOST_HOUR, bound(amount, 0, balance)) {
            ++done["use"];
        } catch {}
    }

    function sell(uint256 from, uint256 to, uint256 amount) external later(amount) {
        address holder = holders[from % 4];
        uint256 balance = issuer.tokenOf(HOST_HOUR).balanceOf(holder);
        if (balance == 0) return;
        amount = bound(amount, 0, balance);
        vm.startPrank(holder);
        issuer.tokenOf(HOST_HOUR).transfer(holders[to % 4], amount);
        vm.stopPrank();
        ++done["sell"];
    }

    function settle(uint256 which) external later(which) {
        if (deeds.length == 0) return;
        try issuer.settle(_deedAt(which), HOST_HOUR) {
            ++done["settle"];
        } catch {}
    }

    /* WHAT MUST HOLD */

    /// @dev Live deeds = registered − ended = the sum of all balances; each has the owner it is counted for.
    function checkDeedCount() external view {
        uint256 live;
        for (uint256 i; i < deeds.length; ++i) {
            if (_ownerOf(deeds[i]) != address(0)) ++live;
        }
        (uint256 registered, uint256 ended) = registry.deedCounts();
        assertEq(live, registered - ended, "live and counted");
        uint256 sum;
        for (uint256 i; i < 4; ++i) {
            sum += registry.balanceOf(holders[i]);
        }
        assertEq(sum, live, "balances and live");
    }

    /// @dev Once settled, no position has more outstanding than its units, and those attested, deliver in what is left of
    /// its term; and no more tokens exist than are outstanding.
    function checkCapacity() external {
        uint256 sum;
        for (uint256 i; i < deeds.length; ++i) {
            ICapacityIssuer.Position memory position = issuer.positionOf(deeds[i], HOST_HOUR);
            if (position.end == 0) continue;
            issuer.settle(deeds[i], HOST_HOUR);
            (uint256 left,) = issuer.outstanding(deeds[i], HOST_HOUR);
            uint256 time = block.timestamp >= position.end ? 0 : position.end - block.timestamp;
            assertLe(left, position.units * time * 1e18 / 1 hours, "outstanding and units");
            uint256 attested = issuer.attestedUnits(deeds[i], HOST_HOUR);
            if (attested != 0) assertLe(left, attested * time * 1e18 / 1 hours, "outstanding and attested");
            if (_ownerOf(deeds[i]) == address(0)) assertEq(left, 0, "ended and outstanding");
            sum += left;
        }
        assertLe(issuer.tokenOf(HOST_HOUR).totalSupply(), sum, "supply and outstanding");
    }

    /// @dev A live deed with capacity of its own outstanding is locked; one without any position is not.
    function checkLocks() external view {
        for (uint256 i; i < deeds.length; ++i) {
            if (_ownerOf(deeds[i]) == address(0)) continue;
            IAssetRegistry.Record memory deed = registry.record(deeds[i]);
            ICapacityIssuer.Position memory position = issuer.positionOf(deeds[i], HOST_HOUR);
            bool own = position.end != 0 && position.start >= deed.since;
            if (own) assertTrue(deed.capacityLocked, "outstanding and free");
            if (position.end == 0) assertFalse(deed.capacityLocked, "nothing outstanding and locked");
        }
    }

    /// @dev A disputed deed is frozen, in no new hands, and of no worth to a pool.
    function checkDisputed() external view {
        for (uint256 i; i < deeds.length; ++i) {
            address holder = disputedWith[deeds[i]];
            if (holder == address(0)) continue;
            IAssetRegistry.Record memory deed = registry.record(deeds[i]);
            assertEq(uint8(deed.state), uint8(IAssetRegistry.State.Frozen), "disputed and not frozen");
            assertEq(deed.owner, holder, "disputed and moved");
        }
    }

    /// @dev A deed is pledged to exactly the one deal that lists it, and an unpledged one to none.
    function checkPledges() external view {
        for (uint256 i; i < deeds.length; ++i) {
            IAssetRegistry.Record memory deed = registry.record(deeds[i]);
            address vault = desk.dealOf(deeds[i]);
            assertEq(vault != address(0), deed.pledged, "pledged and dealt");
            if (vault == address(0)) continue;
            assertEq(DealVault(vault).deeds()[0], deeds[i], "pledged to another's deal");
            assertEq(DealVault(vault).owner(), deed.owner, "pledged by another");
        }
    }

    /* INTERNAL */

    function _know(uint256 deedId) private {
        if (known[deedId]) return;
        known[deedId] = true;
        deeds.push(deedId);
    }

    function _deedAt(uint256 which) private view returns (uint256) {
        return deeds[which % deeds.length];
    }

    function _ownerOf(uint256 deedId) private view returns (address) {
        return registry.record(deedId).owner;
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IDealVault} from "../../src/interfaces/IDealVault.sol";
import {DealVault} from "../../src/reward/DealVault.sol";
import {Fixture} from "../Fixture.sol";

/// @dev Lenders that come and go, and deals of every kind that are funded, paid, late, cured, enforced, recovered and
/// closed, as the fuzzer likes.
contract RewardHandler is Fixture {
    mapping(bytes32 action => uint256) public done;
    DealVault[] internal vaults;
    address[] internal lenders;
    address internal junior = makeAddr("junior");
    address[] internal creditors;
    /// @dev What each deal paid out by claims, what it took in from the pool and the junior, and what it sent on as advance.
    mapping(address vault => uint256) internal claimed;
    mapping(address vault => uint256) internal funded;
    mapping(address vault => uint256) internal advanced;
    bool internal sharePriceFell;

    constructor() {
        setUp();
        lenders = [lender, makeAddr("second"), makeAddr("third")];
        creditors = [owner, servicer, treasury, junior];
        _deposit(lender, 100_000e18);
    }

    /// @dev Time goes on; the step then moves the price of nobody's shares against him.
    modifier later(uint256 seed) {
        _warp(block.timestamp + 1 + uint256(keccak256(abi.encode(seed, block.timestamp))) % 8 days);
        _;
    }

    /// @dev Lenders' comings and goings: who stays loses nothing by them, neither by the one price nor by the other. A
    /// served share is rounded down to one base unit of the asset.
    modifier fair() {
        (uint256 up, uint256 down) = (_price(pool.depositNav()), _price(pool.withdrawalNav()));
        _;
        uint256 dust = 1e36 / (pool.totalSupply() + 1e6) + 1;
        if (_price(pool.depositNav()) + dust < up || _price(pool.withdrawalNav()) + dust < down) sharePriceFell = true;
    }

    function _price(uint256 nav) private view returns (uint256) {
        return (nav + 1) * 1e36 / (pool.totalSupply() + 1e6);
    }

    /* LENDERS */

    function deposit(uint256 who, uint256 amount) external later(amount) {
        _depositNow(who, bound(amount, 1, 20_000e18));
    }

    function _depositNow(uint256 who, uint256 amount) private fair {
        _deposit(lenders[who % 3], amount);
        ++done["deposit"];
    }

    function request(uint256 who, uint256 part) external later(part) {
        address account = lenders[who % 3];
        uint256 shares = pool.balanceOf(account) * (1 + part % 100) / 100;
        if (shares == 0) return;
        vm.prank(account);
        pool.requestRedeem(shares, account, account);
        ++done["request"];
    }

    function process(uint256 most) external later(most) {
        _processNow(most % 4);
    }

    function _processNow(uint256 most) private fair {
        if (pool.processRedeems(most) != 0) ++done["process"];
    }

    function redeem(uint256 who, uint256 part, bool byAssets) external later(part) {
        address account = lenders[who % 3];
        (uint256 shares, uint256 assets) = (pool.maxRedeem(account), pool.maxWithdraw(account));
        if (shares == 0 || assets == 0) return;
        vm.startPrank(account);
        if (byAssets) pool.withdraw(bound(part, 1, assets), account, account);
        else pool.redeem(bound(part, 1, shares), account, account);
        vm.stopPrank();
        ++done["redeem"];
    }

    function donate(uint256 amount) external later(amount) fair {
        _mint(address(pool), bound(amount, 0, 1_000e18));
    }

    /* DEALS */

    function fund(uint256 seed) external later(seed) {
        if (pool.deals().length > 5) return;
        IDealVault.Terms memory terms = seed % 3 == 0 ? _debt() : seed % 3 == 1 ? _share() : _hybrid();
        terms.senior = uint128(bound(seed, 100e18, 10_000e18));
        terms.periods = uint16(1 + seed % 12);
        terms.reserveBps = uint16((seed >> 8) % 1_000);
        (terms.minUptimeBps, terms.covenantEpochs) = (9_000, 1);
        if (seed & 16 == 16) {
            (terms.junior, terms.juniorHolder, terms.juniorRateBps) = (terms.senior / 5, junior, 2_000);
        }
        terms.appraisal = 2 * (terms.senior + terms.junior);
        DealVault vault = _list(_deed(string.concat("machine", vm.toString(vaults.length)), 0), terms);
        vaults.push(vault);
        if (terms.junior != 0) {
            _mint(junior, terms.junior);
            vm.startPrank(junior);
            aid.approve(address(vault), terms.junior);
            vault.fundJunior();
            vm.stopPrank();
            funded[address(vault)] = terms.junior;
        }
        uint256 before = aid.balanceOf(owner);
        vm.prank(admin);
        try pool.fund(address(vault)) {
            funded[address(vault)] += terms.senior;
            advanced[address(vault)] = aid.balanceOf(owner) - before;
            ++done["fund"];
        } catch {}
    }

    /// @dev A payment never makes shares dearer in the second it comes: what it brings that was not counted vests.
    function pay(uint256 which, uint256 amount, uint16 uptime, bool read) external later(amount) {
        DealVault vault = _in(which, IDealVault.Phase.Funded);
        if (address(vault) == address(0)) return;
        uint64 epoch = attestations.currentEpoch();
        if (read) {
            _perform(keccak256(bytes(string.concat("machine", vm.toString(_index(vault))))), uptime % 10_001, 10_000);
        }
        uint256 nav = pool.depositNav();
        _pay(vault, epoch, bound(amount, 1, 3_000e18));
        assertLe(pool.depositNav(), nav + 1, "a payment raised the deposit NAV");
        ++done[read ? bytes32("pay") : bytes32("escrow")];
    }

    function release(uint256 which, uint64 epochsBack) external later(which) {
        DealVault vault = _in(which, IDealVault.Phase.Funded);
        if (address(vault) == address(0)) return;
        uint64 current = attestations.currentEpoch();
        try vault.releaseEscrow(current - uint64(epochsBack % (current + 1))) {} catch {}
    }

    function repay(uint256 which, uint256 amount) external later(amount) {
        DealVault vault = _in(which, IDealVault.Phase.Funded);
        if (address(vault) == address(0)) return;
        uint256 nav = pool.depositNav();
        _repay(vault, bound(amount, 1, 12_000e18));
        assertLe(pool.depositNav(), nav + 1, "a repayment raised the deposit NAV");
        ++done["repay"];
    }

    function declare(uint256 which) external later(which) {
        DealVault vault = _in(which, IDealVault.Phase.Funded);
        if (address(vault) == address(0)) return;
        try vault.declareDelinquent() {
            ++done["declare"];
        } catch {}
    }

    function enforce(uint256 which) external later(which) {
        DealVault vault = _in(which, IDealVault.Phase.Funded);
        if (address(vault) == address(0)) return;
        if (vault.delinquentSince() != 0) vm.warp(block.timestamp + 14 days);
        try vault.enforce() {
            ++done["enforce"];
        } catch {}
    }

    function recover(uint256 which, uint256 amount) external later(amount) {
        DealVault vault = _in(which, IDealVault.Phase.Enforced);
        if (address(vault) == address(0)) return;
        _recover(vault, bound(amount, 1, 5_000e18));
        ++done["recover"];
    }

    function close(uint256 which) external later(which) {
        if (vaults.length == 0) return;
        DealVault vault = vaults[which % vaults.length];
        if (vault.phase() == IDealVault.Phase.Enforced) {
            vm.prank(admin);
            pool.closeDeal(address(vault));
            ++done["closeDeal"];
            return;
        }
        try vault.close() {
            pool.prune(address(vault));
            ++done["close"];
        } catch {}
    }

    function claim(uint256 which, uint256 who) external later(which) {
        if (vaults.length == 0) return;
        DealVault vault = vaults[which % vaults.length];
        address creditor = creditors[who % 4];
        if (vault.claimable(creditor) == 0) return;
        vm.prank(creditor);
        claimed[address(vault)] += vault.claim();
        ++done["claim"];
    }

    /* WHAT MUST HOLD */

    /// @dev What a pool says it is worth is cash and what its deals owe with accrued interest, never more; and leaving
    /// never pays a better price than coming in.
    function checkNav() external view {
        uint256 most = pool.cash();
        address[] memory held = pool.deals();
        for (uint256 i; i < held.length; ++i) {
            IDealVault.Balances memory owed = DealVault(held[i]).balances();
            assertLe(DealVault(held[i]).seniorValue(), owed.principal + owed.interest, "value and debt");
            most += owed.principal + owed.interest;
        }
        assertLe(pool.depositNav() + pool.unvested(), most, "NAV above cash and accrued");
        assertLe(pool.withdrawalNav(), pool.depositNav(), "leaving above coming");
    }

    function checkSharePrice() external view {
        assertFalse(sharePriceFell, "who stayed lost by who came or left");
    }

    /// @dev Everything promised to the queue is there, apart from the cash.
    function checkQueue() external view {
        assertGe(aid.balanceOf(address(pool)), pool.cash() + pool.reservedAssets(), "cash and reserved");
        (uint256 assets, uint256 waiting) = (0, 0);
        for (uint256 i; i < 3; ++i) {
            assets += pool.maxWithdraw(lenders[i]);
            waiting += pool.pendingRedeemRequest(0, lenders[i]);
        }
        assertEq(assets, pool.reservedAssets(), "claims and reserved");
        assertEq(waiting, pool.balanceOf(address(pool)), "waiting and held shares");
    }

    /// @dev Each deal has just the money that is its own: credited, kept or waiting. None of it is another's loss or gain.
    function checkDealsStandAlone() external view {
        for (uint256 i; i < vaults.length; ++i) {
            DealVault vault = vaults[i];
            IDealVault.Balances memory kept = vault.balances();
            uint256 own = _credited(vault) + kept.reserve + kept.trapped + kept.escrowed;
            if (vault.phase() == IDealVault.Phase.Listed) own += funded[address(vault)];
            assertEq(aid.balanceOf(address(vault)), own, "a deal's own money");
        }
    }

    /// @dev Cash in = what the senior got + what was credited + what is kept, to the base unit.
    function checkLegsSumToTheCash() external view {
        for (uint256 i; i < vaults.length; ++i) {
            DealVault vault = vaults[i];
            if (vault.phase() == IDealVault.Phase.Listed) continue;
            IDealVault.Balances memory books = vault.balances();
            uint256 out = books.seniorReceived + _credited(vault) + claimed[address(vault)] + advanced[address(vault)];
            uint256 kept = books.reserve + books.trapped + books.escrowed;
            assertEq(books.received + funded[address(vault)], out + kept, "legs and cash");
        }
    }

    /// @dev The senior never has more of a revenue share than its cap.
    function checkCap() external view {
        for (uint256 i; i < vaults.length; ++i) {
            IDealVault.Terms memory terms = vaults[i].terms();
            if (terms.kind != IDealVault.Kind.RevenueShare) continue;
            uint256 cap = uint256(terms.senior) * terms.capBps / 10_000;
            assertLe(vaults[i].balances().seniorReceived, cap, "above the cap");
        }
    }

    /* INTERNAL */

    function _credited(DealVault vault) private view returns (uint256 sum) {
        for (uint256 i; i < creditors.length; ++i) {
            sum += vault.claimable(creditors[i]);
        }
    }

    /// @dev The first deal in a phase, counted from where the fuzzer points.
    function _in(uint256 which, IDealVault.Phase phase) private view returns (DealVault) {
        for (uint256 i; i < vaults.length; ++i) {
            DealVault vault = vaults[addmod(which, i, vaults.length)];
            if (vault.phase() == phase) return vault;
        }
        return DealVault(address(0));
    }

    function _index(DealVault vault) private view returns (uint256 index) {
        while (vaults[index] != vault) ++index;
    }
}

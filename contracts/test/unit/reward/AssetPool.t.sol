// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {IAssetPool} from "../../../src/interfaces/IAssetPool.sol";
import {IDealVault} from "../../../src/interfaces/IDealVault.sol";
import {AssetPool} from "../../../src/reward/AssetPool.sol";
import {DealVault} from "../../../src/reward/DealVault.sol";
import {Fixture} from "../../Fixture.sol";

/// @dev Deposits, deals, the two prices, and how gains vest.
contract AssetPoolTest is Fixture {
    address private other = makeAddr("other");

    function _refusedFunding(address vault, bytes memory reason) private {
        vm.prank(admin);
        vm.expectRevert(reason);
        pool.fund(vault);
    }

    /// @dev A revenue share that has its advance back: whatever it pays from now on is gain.
    function _gainer() private returns (DealVault vault) {
        IDealVault.Terms memory terms = _share();
        terms.capBps = 65_000;
        vault = _fundedDeal("gainer", terms);
        _repay(vault, 10_000e18);
    }

    /// @dev Pays by a reading of the running epoch.
    function _earn(DealVault vault, uint256 amount) private {
        (uint64 latest, bool posted) = oracle.latestEpoch(keccak256("gainer"));
        uint64 epoch = attestations.currentEpoch();
        if (!posted || latest != epoch) _perform(keccak256("gainer"), 10_000, 10_000);
        _pay(vault, epoch, amount);
    }

    /// @dev Pays such that the senior's share, which is a gain, is `gain`.
    function _gain(DealVault vault, uint256 gain) private {
        _earn(vault, gain * 10_000 / 4_000 * 100 / 99 + 10);
    }

    /* IN */

    function test_depositsBuyAtTheDepositNav() public {
        assertEq(_deposit(lender, 1_000e18), 1_000e24);
        assertEq(pool.decimals(), 24);
        assertEq(pool.totalAssets(), 1_000e18);
        assertEq(pool.cash(), 1_000e18);
        assertEq(pool.asset(), address(aid));
        assertEq(pool.share(), address(pool));
        _mint(other, 10e18);
        vm.startPrank(other);
        aid.approve(address(pool), 10e18);
        assertEq(pool.mint(10e24, other), 10e18);
        vm.stopPrank();
        assertEq(pool.convertToAssets(10e24), 10e18);
        assertEq(pool.convertToAssetsWithLoss(10e24), 10e18);
    }

    /// @dev Money sent without a deposit moves no price.
    function test_donationsMoveNothing() public {
        _deposit(lender, 1_000e18);
        _mint(address(pool), 5_000e18);
        assertEq(pool.depositNav(), 1_000e18);
        assertEq(_deposit(other, 1_000e18), 1_000e24);
    }

    function testFuzz_nobodyGainsByGoingInAndOut(uint96 first, uint96 second, uint96 donated) public {
        _deposit(lender, bound(first, 1, type(uint96).max));
        _mint(address(pool), donated);
        uint256 amount = bound(second, 1, type(uint96).max);
        uint256 shares = _deposit(other, amount);
        assertLe(pool.convertToAssets(shares), amount);
        assertGe(pool.convertToAssets(shares) + 1, amount);
    }

    function test_guardianStopsTheWayInOnly() public {
        uint256 shares = _deposit(lender, 1_000e18);
        DealVault vault = _list(_deed("a", 0), _debt());
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, address(this)));
        pool.pause();
        vm.prank(guardian);
        pool.pause();
        assertEq(pool.maxDeposit(lender), 0);
        assertEq(pool.maxMint(lender), 0);
        vm.expectRevert(abi.encodeWithSelector(ERC4626.ERC4626ExceededMaxDeposit.selector, lender, 1, 0));
        pool.deposit(1, lender);
        _refusedFunding(address(vault), abi.encodeWithSelector(Pausable.EnforcedPause.selector));
        vm.startPrank(lender);
        pool.requestRedeem(shares, lender, lender);
        pool.processRedeems(1);
        pool.redeem(shares, lender, lender);
        vm.stopPrank();
        vm.prank(admin);
        pool.unpause();
        assertEq(pool.maxDeposit(lender), type(uint256).max);
        assertEq(pool.maxMint(lender), type(uint256).max);
    }

    /* DEALS */

    function test_fundingIsRefused() public {
        _deposit(lender, 15_000e18);
        DealVault vault = _list(_deed("a", 0), _debt());
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, address(this)));
        pool.fund(address(vault));
        _refusedFunding(lender, abi.encodeWithSelector(IAssetPool.UnknownDeal.selector, lender));
        _refusedFunding(address(vault), abi.encodeWithSelector(IAssetPool.DealAboveLimit.selector, 10_000e18, 7_500e18));
        _deposit(lender, 10_000e18);
        _fund(vault);
        _refusedFunding(address(vault), abi.encodeWithSelector(IAssetPool.DealAlreadyHeld.selector, vault));
        _fund(_list(_deed("b", 0), _debt()));
        DealVault third = _list(_deed("c", 0), _debt());
        _refusedFunding(address(third), abi.encodeWithSelector(IAssetPool.NotEnoughCash.selector, 10_000e18, 5_000e18));
    }

    /// @dev A deal of another pool cannot be paid from this one.
    function test_anotherPoolsDealIsRefused() public {
        AssetPool.Setup memory setup = AssetPool.Setup("Other", "o", 7 days, 5_000, 5_000, 1_500, treasury);
        AssetPool second = new AssetPool(address(access), IERC20(aid), desk, setup);
        _deposit(lender, 50_000e18);
        IDealVault.Terms memory terms = _debt();
        terms.pool = address(second);
        DealVault vault = _list(_deed("a", 0), terms);
        _refusedFunding(address(vault), abi.encodeWithSelector(IDealVault.OnlyPool.selector, address(pool)));
        vm.expectRevert(abi.encodeWithSelector(IAssetPool.UnknownDeal.selector, address(this)));
        pool.received(1e18, 1e18);
    }

    function test_noMoreThanFortyEightDeals() public {
        _deposit(lender, 1_000e18);
        IDealVault.Terms memory terms = _debt();
        terms.senior = 1e18;
        for (uint256 i; i < 48; ++i) {
            _fund(_list(_deed(vm.toString(i), 0), terms));
        }
        DealVault next = _list(_deed("next", 0), terms);
        _refusedFunding(address(next), abi.encodeWithSelector(IAssetPool.TooManyDeals.selector, 48));
        uint256 before = gasleft();
        pool.withdrawalNav();
        assertLt(before - gasleft(), 3_000_000);
        address[] memory held = pool.deals();
        _repay(DealVault(held[10]), 2e18);
        DealVault(held[10]).close();
        pool.prune(held[10]);
        _fund(next);
        assertEq(pool.deals()[10], held[47]);
        assertEq(pool.deals()[47], address(next));
    }

    function test_onlyClosedDealsAreTakenOff() public {
        DealVault vault = _fundedDeal("a", _debt());
        vm.expectRevert(abi.encodeWithSelector(IAssetPool.UnknownDeal.selector, vault));
        pool.prune(address(vault));
        vm.expectRevert(abi.encodeWithSelector(IAssetPool.UnknownDeal.selector, lender));
        pool.prune(lender);
        vm.prank(admin);
        vm.expectRevert(abi.encodeWithSelector(IAssetPool.UnknownDeal.selector, lender));
        pool.closeDeal(lender);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, address(this)));
        pool.closeDeal(address(vault));
        vm.prank(admin);
        vm.expectPartialRevert(IDealVault.NotRepaid.selector);
        pool.closeDeal(address(vault));
    }

    /* NAV */

    function test_interestCountsAsItAccrues() public {
        DealVault vault = _fundedDeal("a", _debt());
        vm.warp(block.timestamp + 10 days);
        uint256 accrued = uint256(10_000e18) * 10 days * 1_200 / (10_000 * 365 days) - uint256(10_000e18) * 10 days * 25
            / (10_000 * 365 days);
        assertEq(pool.depositNav(), 50_000e18 + accrued);
        assertEq(pool.withdrawalNav(), pool.depositNav());
        assertEq(vault.seniorValue(), 10_000e18 + accrued);
    }

    function test_gainsVestAndPayTheFee() public {
        DealVault vault = _gainer();
        uint256 nav = pool.depositNav();
        _gain(vault, 1_000e18);
        assertApproxEqAbs(aid.balanceOf(treasury), 150e18, 10);
        assertApproxEqAbs(pool.unvested(), 850e18, 10);
        assertEq(pool.depositNav(), nav);
        vm.warp(block.timestamp + 7 days / 2);
        assertApproxEqAbs(pool.depositNav(), nav + 425e18, 10);
        vm.warp(block.timestamp + 7 days / 2);
        assertApproxEqAbs(pool.depositNav(), nav + 850e18, 10);
        assertEq(pool.unvested(), 0);
    }

    /// @dev A gain that still vests may be lent out: the NAV goes on, though the cash is gone.
    function test_unvestedGainsMayBeLentOut() public {
        DealVault vault = _gainer();
        _gain(vault, 2_000e18);
        IDealVault.Terms memory terms = _debt();
        uint256 cash = pool.cash();
        for (uint256 i; i < 3; ++i) {
            terms.senior = uint128(i < 2 ? 25_000e18 : cash - 50_000e18);
            terms.appraisal = 2 * terms.senior;
            _fund(_list(_deed(vm.toString(i), 0), terms));
        }
        assertEq(pool.cash(), 0);
        assertGt(pool.unvested(), 0);
        assertEq(pool.depositNav(), cash - pool.unvested());
        assertEq(pool.withdrawalNav(), cash - pool.unvested());
        _deposit(other, 1_000e18);
    }

    /// @dev A speck of gain, paid again and again, holds back nobody's gain.
    function test_specksDoNotHoldGainsBack() public {
        DealVault vault = _gainer();
        uint256 nav = pool.depositNav();
        _gain(vault, 1_000e18);
        for (uint256 i; i < 14; ++i) {
            vm.warp(block.timestamp + 12 hours);
            _earn(vault, 100);
        }
        assertApproxEqAbs(pool.depositNav(), nav + 850e18, 1e15);
    }

    function testFuzz_vestingNeverJumps(uint96[4] memory gains, uint32[4] memory waits) public {
        DealVault vault = _gainer();
        uint256 nav = pool.depositNav();
        for (uint256 i; i < 4; ++i) {
            uint256 had = vault.balances().seniorReceived;
            _earn(vault, bound(gains[i], 1, 5_000e18));
            assertApproxEqAbs(pool.depositNav(), nav, 3);
            assertLe(pool.unvested(), pool.cash());
            assertGe(vault.balances().seniorReceived, had);
            _warp(block.timestamp + bound(waits[i], 1, 10 days));
            assertGe(pool.depositNav() + 1, nav);
            nav = pool.depositNav();
        }
        vm.warp(block.timestamp + 7 days);
        assertEq(pool.unvested(), 0);
        assertEq(pool.depositNav(), pool.cash());
    }

    function test_aPoolWithoutVestingTakesGainsAtOnce() public {
        AssetPool.Setup memory setup = AssetPool.Setup("Now", "n", 0, 10_000, 5_000, 0, treasury);
        pool = new AssetPool(address(access), IERC20(aid), desk, setup);
        bytes4[] memory selectors = new bytes4[](1);
        selectors[0] = AssetPool.fund.selector;
        vm.prank(admin);
        access.setTargetFunctionRole(address(pool), selectors, CURATOR);
        DealVault vault = _gainer();
        uint256 nav = pool.depositNav();
        _earn(vault, 1_000e18);
        assertEq(pool.unvested(), 0);
        assertEq(pool.depositNav(), nav + 396e18);
        assertEq(aid.balanceOf(treasury), 0);
    }
}

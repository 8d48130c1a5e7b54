// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IDealDesk} from "../../../src/interfaces/IDealDesk.sol";
import {IDealVault} from "../../../src/interfaces/IDealVault.sol";
import {IPerformanceOracle} from "../../../src/interfaces/IPerformanceOracle.sol";
import {DealVault} from "../../../src/reward/DealVault.sol";
import {Fixture} from "../../Fixture.sol";

/// @dev What the deeds are attested to be worth, epochs that are too old, and credits that anyone may send on.
contract DealCovenantsTest is Fixture {
    bytes32 internal constant APPRAISAL = keccak256("appraisal");

    function _appraised(string memory name, uint128 worth) private returns (uint256 deedId) {
        deedId = _deed(name, 0);
        _attestFigure(keccak256(bytes(name)), keccak256(abi.encode("root", name)), APPRAISAL, worth);
    }

    function test_appraisalIsBoundedByTheAttestedOne() public {
        uint256 deedId = _appraised("h200", 12_999);
        uint256[] memory ids = new uint256[](1);
        ids[0] = deedId;
        vm.expectRevert(abi.encodeWithSelector(IDealDesk.AppraisalAboveAttested.selector, 13_000e18, 12_999e18));
        vm.prank(owner);
        desk.list(ids, _debt());
        _list(_appraised("h200-b", 13_000), _debt());
        (uint256 value, bool whole) = desk.attestedAppraisal(ids);
        assertEq(value, 12_999e18);
        assertTrue(whole);
    }

    function test_overcollateralisationTestTrapsTheOwnersPart() public {
        _deposit(lender, 50_000e18);
        DealVault vault = _list(_appraised("h200", 13_000), _debt());
        _fund(vault);
        assertFalse(vault.assessCollateral());
        vm.warp(attestations.epochStart(24 * 30) + 1);
        _attest(keccak256("h200"), keccak256(abi.encode("root", "h200")), owner);
        _attestFigure(keccak256("h200"), keccak256(abi.encode("root", "h200")), APPRAISAL, 12_999);
        vm.expectEmit(address(vault));
        emit IDealVault.CollateralTested(12_999e18, 13_000e18, true);
        assertTrue(vault.assessCollateral());
        assertTrue(vault.collateralShort());
        _pay(vault, 0, 2_000e18);
        assertEq(vault.claimable(owner), 0);
        assertGt(vault.balances().trapped, 0);
        // A twelfth of the principal is back: what is left is covered again.
        assertFalse(vault.assessCollateral());
        _pay(vault, 0, 10e18);
        assertGt(vault.claimable(owner), 0);
    }

    function test_withoutAppraisalThereIsNoTest() public {
        DealVault vault = _fundedDeal("h200", _debt());
        vm.expectRevert(IDealVault.NoAppraisal.selector);
        vault.assessCollateral();
    }

    function test_staleEpochsDistributeNothing() public {
        DealVault vault = _fundedDeal("h200", _share());
        DealVault debt = _fundedDeal("h200-debt", _debt());
        uint64 epoch = _perform(keccak256("h200"), 10_000, 10_000);
        vm.warp(attestations.epochStart(epoch + 48));
        assertEq(uint8(oracle.ageOf(epoch)), uint8(IPerformanceOracle.Age.Fresh));
        _pay(vault, epoch, 100e18);
        vm.warp(attestations.epochStart(epoch + 49));
        assertEq(uint8(oracle.ageOf(epoch)), uint8(IPerformanceOracle.Age.Stale));
        assertEq(uint8(oracle.ageOf(epoch + 50)), uint8(IPerformanceOracle.Age.Ahead));
        address payer = makeAddr("payer");
        _mint(payer, 200e18);
        vm.startPrank(payer);
        aid.approve(address(vault), 100e18);
        vm.expectRevert(abi.encodeWithSelector(IDealVault.EpochStale.selector, epoch));
        vault.pay(epoch, 100e18);
        aid.approve(address(debt), 100e18);
        debt.pay(epoch, 100e18);
        vm.stopPrank();
    }

    function test_payingForEpochsAheadDoesNotKeepADealCurrent() public {
        DealVault vault = _fundedDeal("h200", _share());
        vm.warp(block.timestamp + 50 days);
        _pay(vault, type(uint64).max, 1e18);
        assertEq(vault.balances().escrowed, 1e18);
        vm.warp(block.timestamp + 11 days);
        vault.declareDelinquent();
    }

    function test_creditsCanBeSentOn() public {
        DealVault vault = _fundedDeal("h200", _debt());
        uint256 fee = vault.claimable(treasury);
        assertGt(fee, 0);
        assertEq(vault.claimFor(treasury), fee);
        assertEq(aid.balanceOf(treasury), fee);
        vm.expectRevert(abi.encodeWithSelector(IDealVault.NothingToClaim.selector, treasury));
        vault.claimFor(treasury);
    }
}
